import { at } from '../../model/typedArrays';

/** Pairs that are weighed; of more, the first of each list are paired. */
const MOST_WEIGHED = 1_000_000;

/**
 * Pairs the entries of two lists of lines, both ascending, so that no two pairs cross, the shorter
 * list is used up, and the lines of the pairs are as close as can be: by dynamic programming.
 *
 * @returns indexes into the lists
 */
export function matchLines(
  before: readonly number[],
  after: readonly number[],
): (readonly [before: number, after: number])[] {
  if (before.length > after.length)
    return matchLines(after, before).map(([one, other]) => [other, one]);
  if (before.length === after.length || before.length * after.length > MOST_WEIGHED)
    return before.map((_, index) => [index, index]);
  return closestPairs(before, after);
}

/** @param shorter no longer than the other list */
function closestPairs(shorter: readonly number[], longer: readonly number[]): [number, number][] {
  const width = longer.length + 1;
  /** Row `i`, column `j`: the least distance of the first `i` of the shorter among the first `j` of the longer. */
  const distance = new Float64Array((shorter.length + 1) * width);
  const isPair = new Uint8Array(distance.length);
  for (const [row, line] of shorter.entries()) {
    const cell = (row + 1) * width;
    distance[cell] = Infinity;
    for (const [column, other] of longer.entries()) {
      const paired = at(distance, cell - width + column) + Math.abs(line - other);
      const skipped = at(distance, cell + column);
      isPair[cell + column + 1] = Number(paired < skipped);
      distance[cell + column + 1] = Math.min(paired, skipped);
    }
  }
  const pairs: [number, number][] = [];
  let column = longer.length;
  for (let row = shorter.length; row > 0; row -= 1) {
    while (at(isPair, row * width + column) === 0) column -= 1;
    column -= 1;
    pairs.push([row - 1, column]);
  }
  return pairs.reverse();
}
