import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rowWindow, type RowWindow } from '../../../../src/views/gutter/rowWindow';

/** A row on every second line from 0 to 9,998. */
const ROWS = Array.from({ length: 5000 }, (_, index) => ({ line: index * 2 }));

function around(start: number, drawn?: RowWindow): RowWindow {
  return rowWindow(ROWS, { start, end: start + 40 }, 400, drawn);
}

describe('the rows that are drawn', () => {
  it('are all of a file that has few', () => {
    const window = rowWindow(ROWS.slice(0, 300), { start: 0, end: 40 }, 400, undefined);
    assert.deepEqual(window, { from: 0, to: 300 });
  });

  it('lie about those in sight', () => {
    const { from, to } = around(5000);
    assert.equal(to - from, 400);
    assert.ok(from <= 2500 - 150 && to >= 2520 + 150);
  });

  it('end with the file', () => {
    assert.deepEqual(
      [around(0), around(9990)],
      [
        { from: 0, to: 400 },
        { from: 4600, to: 5000 },
      ],
    );
  });

  it('stay while there is enough of them on both sides, and no longer', () => {
    const drawn = around(5000);
    assert.equal(around(5100, drawn), drawn);
    assert.notEqual(around(5300, drawn), drawn);
    assert.notEqual(around(4700, drawn), drawn);
  });
});
