import { add, at } from './typedArrays';

/** Items in groups: those of group `i` are `items[start[i]]` to `items[start[i + 1] - 1]`. */
export interface Groups {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/**
 * Groups items, which keep their order within a group.
 * @param group per item, not per place in `items`: its group, from 0 to `count - 1`
 */
export function groupBy(items: Int32Array, group: Int32Array, count: number): Groups {
  const start = new Int32Array(count + 1);
  for (const item of items) add(start, at(group, item) + 1, 1);
  for (let index = 1; index <= count; index += 1) add(start, index, at(start, index - 1));
  const next = start.slice();
  const grouped = new Int32Array(items.length);
  for (const item of items) {
    grouped[at(next, at(group, item))] = item;
    add(next, at(group, item), 1);
  }
  return { start, items: grouped };
}

/** Puts the items of each group in order. */
export function sortGroups(
  { start, items }: Groups,
  compare: (a: number, b: number) => number,
): void {
  for (let group = 0; group + 1 < start.length; group += 1) {
    const [first, end] = [at(start, group), at(start, group + 1)];
    if (end - first > 1) items.subarray(first, end).sort(compare);
  }
}
