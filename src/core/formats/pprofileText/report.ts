import type { Profile } from '../../model/profile';
import { textLines, type TextLine } from '../encoding/textLines';
import { damaged } from '../failures';
import { Costs, type Measure } from './costs';
import { Definitions } from './definitions';
import { isRule, isTitles, looksLikeRow, readFileName, readRow } from './rows';

const endsEarly = 'The text ends in the middle of a table: what was to follow is missing.';

/**
 * Reads a report.
 * @param format id of the format
 */
export function readReport(text: string, format: string): Profile {
  const definitions = new Definitions();
  let measure: Measure = 'samples';
  for (const { text: line, isEnded } of textLines(text)) {
    const row = looksLikeRow(line) ? readRow(line) : undefined;
    if (row?.kind === 'call' && isEnded) definitions.add(row.callee);
    if (row !== undefined && row.time > 0) measure = 'seconds';
  }
  return new ReportReader(new Costs(measure, definitions)).read(text).profile(format);
}

/** Reads the text line by line: the name of a file, then its table. */
class ReportReader {
  readonly #costs: Costs;
  #file: string | undefined;
  #isInTable = false;
  #endsEarly = false;

  constructor(costs: Costs) {
    this.#costs = costs;
  }

  read(text: string): this {
    for (const line of textLines(text)) this.#read(line);
    return this;
  }

  profile(format: string): Profile {
    return this.#costs.profile(format, this.#endsEarly ? [endsEarly] : []);
  }

  #read(line: TextLine): void {
    const file = readFileName(line.text);
    if (file !== undefined) {
      this.#file = file;
      this.#isInTable = false;
    } else if (this.#isInTable) {
      this.#readInTable(line);
    } else if (this.#file !== undefined && isTitles(line.text)) {
      this.#costs.startFile(this.#file);
      this.#isInTable = true;
    }
  }

  /** Other text than rows is what the program printed when it ended. */
  #readInTable({ text, number, isEnded }: TextLine): void {
    if (isRule(text)) return;
    this.#endsEarly ||= !isEnded;
    const row = readRow(text);
    if (row?.kind === 'line') this.#costs.addLine(row);
    else if (row && isEnded) this.#costs.addCall(row);
    else if (isEnded && looksLikeRow(text)) {
      throw damaged('pprofile', `line ${number} is no row of its table`);
    } else {
      this.#isInTable = false;
    }
  }
}
