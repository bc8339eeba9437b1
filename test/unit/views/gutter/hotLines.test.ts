import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HeatLevel } from '../../../../src/views/gutter/heat';
import { hotLineFrom, nextHottest, type PlacedLine } from '../../../../src/views/gutter/hotLines';

function lines(...placed: [at: number, level: HeatLevel, cost: number][]): PlacedLine[] {
  return placed.map(([at, level, cost]) => ({ at, level, cost }));
}

const LINES = lines([3, 4, 30], [10, 1, 0.5], [20, 3, 8], [30, 5, 60]);

describe('next and previous hot line', () => {
  const from = (line: number, direction: 'next' | 'previous'): number | undefined =>
    hotLineFrom(LINES, line, direction)?.at;

  it('pass over lines that are not hot', () => {
    assert.deepEqual([from(3, 'next'), from(20, 'previous')], [20, 3]);
  });

  it('go around the ends of the file', () => {
    assert.deepEqual([from(30, 'next'), from(3, 'previous')], [3, 30]);
  });

  it('stop at the warmest there are where nothing is hot', () => {
    const cold = lines([1, 1, 1], [5, 2, 2], [9, 1, 1]);
    assert.equal(hotLineFrom(cold, 5, 'next')?.at, 5);
    assert.equal(hotLineFrom<PlacedLine>([], 5, 'next'), undefined);
  });
});

describe('next hottest line', () => {
  it('goes down by cost and then back to the hottest', () => {
    const after = (line: number): number | undefined => nextHottest(LINES, line)?.at;
    assert.deepEqual([after(30), after(3), after(20), after(10)], [3, 20, 10, 30]);
  });

  it('begins with the hottest', () => {
    assert.equal(nextHottest(LINES, 99)?.at, 30);
  });
});
