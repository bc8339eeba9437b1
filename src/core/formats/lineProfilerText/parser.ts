import type { Profile } from '../../model/profile';
import { isCost } from '../encoding/numbers';
import { textLines, type TextLine } from '../encoding/textLines';
import { damaged, quoted } from '../failures';
import { LineTimingTable, type LineTiming } from '../lineProfiler/lineTimingTable';
import { contentsColumn, isBetweenRows, readRow } from './rows';
import { withoutStyles } from './styles';

/** The table of one function. */
interface Section {
  file: string | undefined;
  /** `undefined` where the source was not found: the name is then left out. */
  name: string | undefined;
  firstLine: number | undefined;
  readonly timings: LineTiming[];
}

const endsEarly = 'The text ends in the middle of a function: what was to follow is missing.';

/** Reads the text line by line: first the facts of a function, then its table up to a blank line. */
export class LineProfilerTextParser {
  readonly #sections: Section[] = [];
  /** Names of functions by `file:line`, from the summary. */
  readonly #names = new Map<string, string>();
  /** Seconds. */
  #unit = 1;
  #section: Section | undefined;
  /** Where the contents of lines begin, while rows of a table are read. */
  #contents: number | undefined;
  #endsEarly = false;

  parse(text: string): this {
    for (const line of textLines(text)) {
      this.#read({ ...line, text: withoutStyles(line.text) });
    }
    this.#endsEarly ||= this.#section !== undefined && this.#contents === undefined;
    return this;
  }

  profile(format: string): Profile {
    const table = new LineTimingTable();
    for (const { file = '', name, firstLine, timings } of this.#sections) {
      if (firstLine === undefined) continue;
      const known = name ?? this.#names.get(`${file}:${firstLine}`);
      const func = table.functionAt(known ?? `<function at line ${firstLine}>`, file, firstLine);
      for (const timing of timings) table.add(func, timing);
    }
    return table.profile(format, this.#endsEarly ? [endsEarly] : []);
  }

  #read(line: TextLine): void {
    if (!this.#section) this.#readBetween(line);
    else if (this.#contents === undefined) this.#readHead(this.#section, line);
    else if (line.text.trim() === '') this.#section = this.#contents = undefined;
    else this.#readRow(this.#section, line, this.#contents);
  }

  #readBetween({ text, number }: TextLine): void {
    const [, unit] = /^Timer unit: (\S+) s$/.exec(text) ?? [];
    if (unit !== undefined) this.#unit = numberOf(unit, number);
    const [, file, line, name] = /^ *[\d.]+ seconds - (.+):(\d+) - (.+)$/.exec(text) ?? [];
    if (name !== undefined) this.#names.set(`${String(file)}:${String(line)}`, name);
    if (!text.startsWith('Total time: ')) return;
    this.#section = { file: undefined, name: undefined, firstLine: undefined, timings: [] };
    this.#sections.push(this.#section);
  }

  /** What stands between a function's total and its table. */
  #readHead(section: Section, { text }: TextLine): void {
    const [, file] = /^(?:File: |Could not find file )(.+)$/.exec(text) ?? [];
    section.file ??= file;
    const [, name, firstLine] = /^Function: (.+) at line (\d+)$/.exec(text) ?? [];
    section.name ??= name;
    if (firstLine !== undefined) section.firstLine ??= Number(firstLine);
    this.#contents = contentsColumn(text);
  }

  #readRow(section: Section, { text, number, isEnded }: TextLine, contents: number): void {
    if (isBetweenRows(text, contents)) return;
    const row = readRow(text, contents);
    section.firstLine ??= row?.line;
    if (row?.timing) {
      const time = numberOf(row.timing.time, number) * this.#unit;
      section.timings.push({ line: row.line, hits: countOf(row.timing.hits, number), time });
    } else if (!row && isEnded) {
      throw damaged('line_profiler', `line ${number} is no row of its table`);
    } else if (!row) {
      this.#endsEarly = true;
    }
  }
}

/** A number as the text has it, not below 0. */
function numberOf(text: string, line: number): number {
  const value = /^[\d.]+(?:e[+-]?\d+)?$/.test(text) ? Number(text) : NaN;
  if (!isCost(value))
    throw damaged('line_profiler', `line ${line} has no number at ${quoted(text)}`);
  return value;
}

/** A number of hits: whole, however it is written (`1.5e+07`). */
function countOf(text: string, line: number): number {
  const count = numberOf(text, line);
  if (Number.isInteger(count)) return count;
  throw damaged('line_profiler', `line ${line} has no count at ${quoted(text)}`);
}
