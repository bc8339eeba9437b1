import type { Func, Profile } from '../model/profile';
import type { MemoryLine } from '../model/requestRecord';

/** What the lines of one function, or of a file, did to the memory. */
export interface MemoryTable {
  /** `undefined` of a file. */
  readonly name: string | undefined;
  readonly file: string;
  /** The function's first line; of a file, the first one that was measured. */
  readonly firstLine: number;
  /** Ascending by line. */
  readonly rows: readonly MemoryLine[];
}

/**
 * Lines whose memory was measured: by function where the tool names all functions that it measured,
 * so that a line is in the one that begins last before it, else by file.
 */
export function memoryTables({ functions, record }: Profile): MemoryTable[] {
  const definitions = functionsByFile(functions);
  const tables = new Map<Func | string, { func: Func | undefined; rows: MemoryLine[] }>();
  for (const row of record?.memoryLines ?? []) {
    const func = row.process && functionAt(definitions.get(row.file) ?? [], row.line);
    const known = tables.get(func ?? row.file);
    if (known) known.rows.push(row);
    else tables.set(func ?? row.file, { func, rows: [row] });
  }
  return [...tables.values()].map(({ func, rows }) => {
    const ascending = rows.sort((a, b) => a.line - b.line);
    const [{ file, line } = { file: '', line: 1 }] = ascending;
    return { name: func?.name, file, firstLine: func?.line ?? line, rows: ascending };
  });
}

function functionAt(ascending: readonly Func[], wanted: number): Func | undefined {
  return ascending.findLast(({ line = Infinity }) => line <= wanted);
}

/** How much the lines of a function let the memory grow, in bytes; what shrank is left out. */
export function growthOf({ rows }: MemoryTable): number {
  return rows.reduce((sum, { growth }) => sum + Math.max(0, growth), 0);
}

/** The functions of each file whose definition is known, ascending by its line. */
function functionsByFile(functions: readonly Func[]): Map<string, Func[]> {
  const byFile = new Map<string, Func[]>();
  for (const func of functions) {
    if (func.file === undefined || func.line === undefined) continue;
    const known = byFile.get(func.file);
    if (known) known.push(func);
    else byFile.set(func.file, [func]);
  }
  for (const ofFile of byFile.values()) ofFile.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return byFile;
}
