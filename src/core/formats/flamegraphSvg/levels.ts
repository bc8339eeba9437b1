import { at } from '../../model/typedArrays';
import type { Box } from './boxes';

/** A box and, as an index into the level below it, the box of its caller. */
export interface PlacedBox {
  readonly box: Box;
  readonly caller: number;
}

/** The rows of a graph from the outermost callers on, each from left to right. */
export function levelsOf(boxes: readonly Box[]): PlacedBox[][] {
  const rows = rowsOf(boxes);
  if (isRootBelow(rows)) rows.reverse();
  return rows.map((row, index) => placeRow(row, rows[index - 1]));
}

/** Boxes of the same height, from the top of the picture on. */
function rowsOf(boxes: readonly Box[]): Box[][] {
  const rows = new Map<number, Box[]>();
  for (const box of boxes) {
    const row = rows.get(box.top);
    if (row) row.push(box);
    else rows.set(box.top, [box]);
  }
  const fromTop = [...rows].sort(([a], [b]) => a - b);
  return fromTop.map(([, row]) => row.sort((a, b) => a.left - b.left));
}

/** Flame graphs stand on their root, icicles hang from it; the root's row is the one with the box `all`. */
function isRootBelow(rows: readonly Box[][]): boolean {
  const [top, below] = [rows[0], rows.at(-1)].map((row) =>
    row?.[0]?.label === 'all' ? width(row) : 0,
  );
  return (below ?? 0) >= (top ?? 0);
}

function width(row: readonly Box[]): number {
  return row.reduce((sum, { left, right }) => sum + right - left, 0);
}

/** Finds for each box the one of the row before on which its middle lies, or nearest to which, as places are rounded. */
function placeRow(row: readonly Box[], callers: readonly Box[] = []): PlacedBox[] {
  let caller = 0;
  return row.map((box) => {
    const middle = (box.left + box.right) / 2;
    while (distance(callers[caller + 1], middle) < distance(callers[caller], middle)) caller += 1;
    return { box, caller };
  });
}

function distance(box: Box | undefined, x: number): number {
  return box === undefined ? Infinity : Math.max(0, box.left - x, x - box.right);
}

/** The cost of each box without that of those which it called. */
export function selfCounts(
  level: readonly PlacedBox[],
  next: readonly PlacedBox[] = [],
): Float64Array {
  const self = Float64Array.from(level, ({ box }) => box.count);
  const called = new Uint32Array(level.length);
  for (const { box, caller } of next) {
    self[caller] = at(self, caller) - box.count;
    called[caller] = (called[caller] ?? 0) + 1;
  }
  // Counts are rounded one by one where they are no whole numbers.
  return self.map((cost, index) => (cost < 0 && cost > -1 - (called[index] ?? 0) ? 0 : cost));
}
