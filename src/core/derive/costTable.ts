import { add, at } from '../model/typedArrays';

/** A sparse table of costs; cell `i` has the cost `cost[i]` in row `row[i]` and column `column[i]`. */
export interface CostTable {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly cost: Float64Array;
}

/**
 * Keeps the largest cell of each row and column and then the largest of all, at most `maximum`, and
 * adjusts them by iterative proportional fitting: cells are scaled until rows and columns have the
 * sums they had before. The sums of the columns become exact, those of the rows nearly so.
 *
 * @returns `undefined` when `maximum` is too few for all rows and columns
 */
export function reduceTable(table: CostTable, maximum: number): CostTable | undefined {
  const essential = new Set([
    ...largestIn(table.row, table.cost),
    ...largestIn(table.column, table.cost),
  ]);
  if (essential.size > maximum) return undefined;
  const reduced = pickLargest(table, maximum, essential);
  const rowSums = sumsBy(table.row, table.cost);
  const columnSums = sumsBy(table.column, table.cost);
  for (let round = 0; round < FITTING_ROUNDS; round += 1) {
    scaleTo(rowSums, reduced.row, reduced.cost);
    scaleTo(columnSums, reduced.column, reduced.cost);
  }
  return reduced;
}

/** After so many rounds the totals of a real request's nodes are off by less than a thousandth. */
const FITTING_ROUNDS = 40;

/** The largest cell of each group. */
function largestIn(group: Int32Array, cost: Float64Array): Iterable<number> {
  const largest = new Map<number, number>();
  for (let cell = 0; cell < cost.length; cell += 1) {
    const other = largest.get(at(group, cell));
    if (other === undefined || at(cost, cell) > at(cost, other)) largest.set(at(group, cell), cell);
  }
  return largest.values();
}

/** The essential cells and the largest others, `maximum` in all; of equal ones at the limit the first. */
export function pickLargest(
  { row, column, cost }: CostTable,
  maximum: number,
  essential: ReadonlySet<number> = new Set(),
): CostTable {
  const others = cost.filter((_, cell) => !essential.has(cell)).sort();
  const room = Math.min(maximum - essential.size, others.length);
  const least = room > 0 ? at(others, others.length - room) : Infinity;
  let roomForLeast = room - others.reduce((count, other) => count + Number(other > least), 0);
  const cells = Int32Array.from(cost.keys()).filter((cell) => {
    if (essential.has(cell) || at(cost, cell) > least) return true;
    return at(cost, cell) === least && roomForLeast-- > 0;
  });
  return {
    row: cells.map((cell) => at(row, cell)),
    column: cells.map((cell) => at(column, cell)),
    cost: Float64Array.from(cells, (cell) => at(cost, cell)),
  };
}

/** Adds up the costs of each group, of which there are as many as the greatest index tells. */
export function sumsBy(group: Int32Array, cost: Float64Array): Float64Array {
  const groups = group.reduce((greatest, index) => Math.max(greatest, index + 1), 0);
  const sums = new Float64Array(groups);
  for (let cell = 0; cell < cost.length; cell += 1) add(sums, at(group, cell), at(cost, cell));
  return sums;
}

function scaleTo(sums: Float64Array, group: Int32Array, cost: Float64Array): void {
  const current = sumsBy(group, cost);
  for (let cell = 0; cell < cost.length; cell += 1) {
    const index = at(group, cell);
    cost[cell] = (at(cost, cell) / at(current, index)) * at(sums, index);
  }
}
