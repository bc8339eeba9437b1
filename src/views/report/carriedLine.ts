import { carryLines } from '../../core/derive/lineDiff';

/**
 * Where a line of a text stands in a later one: of a deleted line, where the nearest one above it
 * stands that is still there.
 *
 * @param line 1-based, as is what is returned
 */
export function carriedLine(
  line: number,
  before: readonly string[],
  after: readonly string[],
): number {
  const carried = carryLines(before, after);
  const above = carried.slice(0, line).findLast((each) => each !== undefined);
  return above ? above.line + 1 : Math.min(line, after.length);
}
