import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupBy, sortGroups } from '../../../../src/core/model/groups';

describe('groupBy', () => {
  it('keeps the order of the items in a group and leaves gaps for empty groups', () => {
    const group = Int32Array.of(2, 0, 2, 0, 2);
    const { start, items } = groupBy(Int32Array.of(4, 3, 1, 0), group, 4);
    assert.deepEqual([...start], [0, 2, 2, 4, 4]);
    assert.deepEqual([...items], [3, 1, 4, 0]);
  });

  it('makes empty groups of no items', () => {
    const { start, items } = groupBy(new Int32Array(), new Int32Array(), 2);
    assert.deepEqual([[...start], [...items]], [[0, 0, 0], []]);
  });
});

describe('sortGroups', () => {
  it('puts each group in order and lets no item leave its group', () => {
    const groups = groupBy(Int32Array.of(0, 1, 2, 3, 4), Int32Array.of(0, 1, 0, 1, 0), 2);
    sortGroups(groups, (a, b) => b - a);
    assert.deepEqual([...groups.items], [4, 2, 0, 3, 1]);
  });
});
