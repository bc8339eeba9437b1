import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Moments } from '../../../../../src/core/derive/comparison/moments';
import { exceedChance, welchTest } from '../../../../../src/core/derive/comparison/significance';
import { twoSidedProbability } from '../../../../../src/core/derive/comparison/studentT';

function distribution(values: readonly number[], requests = values.length) {
  const moments = new Moments();
  for (const value of values) moments.add(0, value);
  return moments.of(0, requests);
}

function pValue(before: readonly number[], after: readonly number[]): number | undefined {
  return welchTest(distribution(before), distribution(after));
}

function assertNear(actual: number | undefined, expected: number, digits = 5): void {
  assert.equal(actual?.toPrecision(digits), expected.toPrecision(digits));
}

describe("Student's t-distribution", () => {
  it('has the critical values of the printed tables', () => {
    for (const [t, degrees, probability] of [
      [1, 1, 0.5],
      [12.7062, 1, 0.05],
      [4.30265, 2, 0.05],
      [2.22814, 10, 0.05],
      [2.75, 30, 0.01],
      [6.86883, 5, 0.001],
      [1.95996, 1e7, 0.05],
    ] as const) {
      assertNear(twoSidedProbability(t, degrees), probability, 4);
      assertNear(twoSidedProbability(-t, degrees), probability, 4);
    }
    assert.equal(twoSidedProbability(0, 7), 1);
    assert.ok(twoSidedProbability(1e9, 3) < 1e-20);
  });
});

describe('mean and variance', () => {
  it('are those of a sample', () => {
    assert.deepEqual(distribution([2, 4, 9]), { requests: 3, mean: 5, variance: 13 });
  });

  it('count requests without the quantity as zero', () => {
    const { mean, variance } = distribution([2, 4, 9], 5);
    const all = distribution([2, 0, 4, 9, 0]);
    assertNear(mean, all.mean);
    assertNear(variance, all.variance);
    assert.deepEqual(new Moments().of(3, 4), { requests: 4, mean: 0, variance: 0 });
  });

  it('lose no digits where the spread is small', () => {
    assertNear(distribution([1e9 + 1, 1e9 + 2, 1e9 + 3]).variance, 1);
  });
});

describe("Welch's t-test", () => {
  it("gives what R's t.test does of the data sets of Student on sleep", () => {
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    assertNear(pValue(one, other), 0.07939, 4);
    assertNear(pValue(other, one), 0.07939, 4);
  });

  it('tells nothing of one request', () => {
    assert.equal(pValue([1], [2, 3, 4]), undefined);
    assert.equal(pValue([1, 2, 3], [2]), undefined);
  });

  it('counts the ways to divide the requests where they do not vary', () => {
    assert.equal(pValue([5, 5], [6, 6]), 2 / 6);
    assert.equal(pValue([0, 0, 0, 0, 0], [6, 6, 6, 6]), 2 / 126);
    assert.equal(pValue([5, 5], [5, 5, 5]), 1);
  });
});

describe('many tests at once', () => {
  it('are held to more than one alone', () => {
    assert.deepEqual(exceedChance([0.04]), [true]);
    assert.deepEqual(exceedChance([0.04, 0.9, 0.8, undefined]), [false, false, false, undefined]);
  });

  it('let a finding pass that others of its kind support', () => {
    assert.deepEqual(exceedChance([0.9, 0.04, 0.03, 0.02, 0.01]), [false, true, true, true, true]);
  });
});
