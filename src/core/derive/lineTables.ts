import type { FunctionIndex, Profile } from '../model/profile';
import { lineCosts, measurementOf, type Measurement } from './lineCosts';

/** What one line of a function cost. */
export interface LineRow {
  readonly line: number;
  readonly hits: number | undefined;
  /** With what the line called, in the profile's unit. */
  readonly time: number;
  readonly measured: Measurement;
}

/** The lines of one function in one file, or of a template; ascending. */
export interface LineTable {
  /** `undefined` of a template. */
  readonly name: string | undefined;
  readonly file: string;
  /** The function's first line; where it is unknown, the first one with a cost. */
  readonly firstLine: number;
  readonly rows: readonly LineRow[];
}

/** Lines that were measured, by function; those of files that have none from the samples, if there are any. */
export function lineTables(profile: Profile): LineTable[] {
  const grouped = new GroupedRows();
  for (const exact of profile.lines) {
    const { func, file, line, hits, total } = exact;
    grouped.add(func, file, { line, hits, time: total, measured: measurementOf(exact) });
  }
  const followed = new Set(profile.lines.map(({ file }) => file));
  for (const [file, lines] of lineCosts(profile)) {
    if (followed.has(file)) continue;
    for (const [line, { func, hits, time, measured }] of lines) {
      if (func !== undefined) grouped.add(func, file, { line, hits, time, measured });
    }
  }
  return [...grouped.tables(profile)];
}

/** What all lines of a table cost together, in the profile's unit. */
export function totalOf({ rows }: LineTable): number {
  return rows.reduce((sum, { time }) => sum + time, 0);
}

class GroupedRows {
  readonly #rows = new Map<FunctionIndex, Map<string, LineRow[]>>();

  add(func: FunctionIndex, file: string, row: LineRow): void {
    const files = this.#rows.get(func) ?? new Map<string, LineRow[]>();
    this.#rows.set(func, files);
    const rows = files.get(file);
    if (rows) rows.push(row);
    else files.set(file, [row]);
  }

  *tables({ functions }: Profile): Iterable<LineTable> {
    for (const [func, files] of this.#rows) {
      const { name = '', line } = functions[func] ?? {};
      for (const [file, rows] of files) {
        const ascending = rows.sort((a, b) => a.line - b.line);
        yield { name, file, firstLine: line ?? ascending[0]?.line ?? 1, rows: ascending };
      }
    }
  }
}
