import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FrameTable } from '../../../../src/core/model/frameTable';

describe('FrameTable', () => {
  it('has each function at each line once', () => {
    const table = new FrameTable();
    const indexes = [[3, 7] as const, [3, 8] as const, [4, 7] as const, [3, 7] as const].map(
      ([func, line]) => table.indexOf(func, line),
    );
    assert.deepEqual(indexes, [0, 1, 2, 0]);
    assert.deepEqual(table.frames[1], { func: 3, line: 8 });
  });

  it('tells an unknown line from a known one, and knows none beyond 32 bits', () => {
    const table = new FrameTable();
    assert.equal(table.indexOf(1, undefined), 0);
    assert.equal(table.indexOf(1, 1), 1);
    assert.equal(table.indexOf(1, 2 ** 40), 0);
    assert.deepEqual(table.frames, [
      { func: 1, line: undefined },
      { func: 1, line: 1 },
    ]);
  });
});
