import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DoubleClick } from '../../../../src/views/explorer/doubleClick';

describe('DoubleClick', () => {
  it('is two quick clicks on one row, and a third is a first again', () => {
    const click = new DoubleClick();
    const clicks = [
      ['a', 0, false],
      ['a', 200, true],
      ['a', 400, false],
      ['b', 500, false],
      ['b', 1_500, false],
    ] as const;
    for (const [path, time, second] of clicks) assert.equal(click.isSecond(path, time), second);
  });
});
