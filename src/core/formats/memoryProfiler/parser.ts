import { FunctionTable } from '../../model/builder';
import type { FunctionIndex, Profile } from '../../model/profile';
import { lineNumber } from '../encoding/numbers';
import { textLines, type TextLine } from '../encoding/textLines';
import { damaged } from '../failures';
import { LineMemoryTable } from './lineMemoryTable';
import { layoutOf, readRow, type MemoryRow, type RowLayout } from './row';

const endsEarly = 'The text ends in the middle of a table: what was to follow is missing.';

/** The table of one function, or of one call of it. */
interface Section {
  readonly file: string;
  readonly layout: RowLayout;
  firstLine: number | undefined;
  /** Known from the row with its `def`. */
  func: FunctionIndex | undefined;
  /** Rows before that, such as decorators. */
  readonly rows: MemoryRow[];
}

/** Reads the text line by line: the name of a file, then a table up to a blank line. */
export class MemoryTextParser {
  readonly #functions = new FunctionTable();
  readonly #table = new LineMemoryTable();
  #file: string | undefined;
  #section: Section | undefined;
  #endsEarly = false;

  parse(text: string): this {
    for (const line of textLines(text)) this.#read(line);
    this.#endSection();
    return this;
  }

  profile(format: string): Profile {
    const warnings = this.#endsEarly ? [endsEarly] : [];
    return this.#table.profile(format, this.#functions.functions, warnings);
  }

  #read({ text, number, isEnded }: TextLine): void {
    const section = this.#section;
    if (!section) this.#readBetween(text);
    else if (text.trim() === '') this.#endSection();
    else if (!/^=+$/.test(text)) this.#readRow(section, text, number, isEnded);
  }

  #readBetween(text: string): void {
    const [, file] = /^Filename: (.+)$/.exec(text) ?? [];
    this.#file = file ?? this.#file;
    const layout = layoutOf(text);
    if (!layout || this.#file === undefined) return;
    this.#section = { file: this.#file, layout, firstLine: undefined, func: undefined, rows: [] };
  }

  #readRow(section: Section, text: string, at: number, isEnded: boolean): void {
    const row = readRow(text, section.layout, at);
    if (!row && isEnded) throw damaged('memory_profiler', `line ${at} is no row of its table`);
    // A row that stops after its numbers may have lost some of their digits.
    if (!row || (!isEnded && row.memory && row.contents === '')) {
      this.#endsEarly = true;
      return;
    }
    section.firstLine ??= row.line;
    const [, name] = /^(?:async )?def (\w+)/.exec(row.contents) ?? [];
    if (section.func === undefined && name !== undefined) this.#startFunction(section, name);
    if (section.func === undefined) section.rows.push(row);
    else this.#add(section, section.func, row);
  }

  #startFunction(section: Section, name: string): void {
    const { file, firstLine = 0, rows } = section;
    const func = this.#functions.indexOf(name, file, lineNumber(firstLine));
    section.func = func;
    for (const row of rows.splice(0)) this.#add(section, func, row);
  }

  #add({ file, firstLine }: Section, func: FunctionIndex, { line, memory }: MemoryRow): void {
    if (!memory || lineNumber(line) === undefined) return;
    this.#table.add(func, { file, line }, memory, line === firstLine);
  }

  /** A lambda, or a source that changed since, has no `def`. */
  #endSection(): void {
    const section = this.#section;
    this.#section = undefined;
    if (section?.firstLine === undefined || section.func !== undefined) return;
    this.#startFunction(section, `<function at line ${section.firstLine}>`);
  }
}
