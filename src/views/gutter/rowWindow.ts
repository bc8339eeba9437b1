/** A slice of an array, the end excluded. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** 0-based lines in sight, both included. */
export interface LinesInSight {
  readonly start: number;
  readonly end: number;
}

/** Rows beyond those in sight that have to be drawn already, so that scrolling shows no gap. */
const AHEAD = 60;

/**
 * The rows to draw: those in sight and as many as `most` allows to either side.
 *
 * @param rows ascending by line
 * @param drawn what is drawn now; kept as long as there is enough of it around what is in sight
 */
export function rowWindow(
  rows: readonly { readonly line: number }[],
  { start, end }: LinesInSight,
  most: number,
  drawn: RowWindow | undefined,
): RowWindow {
  const first = firstAtOrAfter(rows, start);
  const last = firstAtOrAfter(rows, end + 1);
  const needed = { from: Math.max(first - AHEAD, 0), to: Math.min(last + AHEAD, rows.length) };
  if (drawn && drawn.from <= needed.from && drawn.to >= needed.to) return drawn;
  const from = Math.max(0, Math.min(Math.round((first + last - most) / 2), rows.length - most));
  return { from, to: Math.min(from + most, rows.length) };
}

/** Index of the first row at or after a line; the number of rows where there is none. */
function firstAtOrAfter(rows: readonly { readonly line: number }[], line: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.line ?? Infinity) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
