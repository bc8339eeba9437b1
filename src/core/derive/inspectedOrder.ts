/** A line of a file, as something in an inspection has it. */
export interface Placed {
  readonly file: string;
  readonly line: number;
}

/** Ascending by file, then by line. */
export function byPlace(a: Placed, b: Placed): number {
  return compareText(a.file, b.file) || a.line - b.line;
}

/** By code units, so that the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
