import type { Distribution } from './moments';
import { twoSidedProbability } from './studentT';

/** Share of findings that may be chance: the usual one in twenty. */
const LEVEL = 0.05;

/**
 * Probability that the means of two sides differ at least so much where nothing but chance makes
 * requests differ: the two-sided p-value of Welch's t-test.
 *
 * Of the tests for this question it needs only mean and variance, which fit in memory for every
 * function of any number of requests, and unlike Student's it does not ask that both sides be spread
 * alike. An outlier, as the first request after a start, widens the spread: it hides a change rather
 * than making one up. Where neither side varies at all, as counters do, there is no spread to
 * estimate, and the p-value is that of a permutation test: the share of the ways to divide the
 * requests in two that part them so clearly.
 *
 * @returns `undefined` where a side has only one request
 */
export function welchTest(before: Distribution, after: Distribution): number | undefined {
  if (before.requests < 2 || after.requests < 2) return undefined;
  const difference = after.mean - before.mean;
  if (difference === 0) return 1;
  const errorBefore = before.variance / before.requests;
  const errorAfter = after.variance / after.requests;
  const error = errorBefore + errorAfter;
  if (error === 0) return Math.min(1, 2 / divisions(before.requests, after.requests));
  const degrees =
    (error * error) /
    (errorBefore ** 2 / (before.requests - 1) + errorAfter ** 2 / (after.requests - 1));
  return twoSidedProbability(difference / Math.sqrt(error), degrees);
}

/** Whether one difference that was tested is more than chance. */
export function exceedsChance(pValue: number): boolean {
  return pValue <= LEVEL;
}

/**
 * Which of many differences are more than chance, with at most one in twenty of those found being
 * chance after all: the procedure of Benjamini and Hochberg (1995). Of 5,000 functions that did not
 * change, 250 would exceed the level of a single test.
 */
export function exceedChance(pValues: readonly (number | undefined)[]): (boolean | undefined)[] {
  const ascending = pValues.filter((value) => value !== undefined).sort((a, b) => a - b);
  const greatest = ascending.findLast(
    (value, index) => value <= (LEVEL * (index + 1)) / ascending.length,
  );
  return pValues.map((value) =>
    value === undefined ? undefined : greatest !== undefined && value <= greatest,
  );
}

/** In how many ways a number of requests can be divided in two groups of these sizes. */
function divisions(before: number, after: number): number {
  let ways = 1;
  for (let chosen = 1; chosen <= Math.min(before, after); chosen += 1)
    ways *= (before + after - chosen + 1) / chosen;
  return ways;
}
