import type { Answer, FoldedCounts } from './pull/answer';
import { stacksOf } from './pull/stacksampler';
import type { CollectedStacks } from './stacks';

/** When an endpoint was asked last, and what it said of itself. */
export interface LastAnswer {
  /** When it was asked; milliseconds since the epoch. */
  readonly askedMs: number;
  /** Seconds that the answer covered. */
  readonly elapsed: number;
}

/** Seconds by which two answers may be late without one telling anything. */
const TOLERANCE = 0.05;

/**
 * Takes what an answer tells again out of it. A sampler that does not forget what it was asked to,
 * as one behind a cache does, would otherwise have all its samples counted with every pull.
 */
export class Repetition {
  #before: FoldedCounts | undefined;
  #beforeMs: number | undefined;

  /**
   * The stacks of an answer that are new.
   * @param last the answer that was stored last, by whomever; `undefined` for the first
   */
  newStacks(answer: Answer, askedMs: number, last: LastAnswer | undefined): CollectedStacks {
    const { folded, elapsed, stacks } = answer;
    // Another window may have asked since.
    const before = last?.askedMs === this.#beforeMs ? this.#before : undefined;
    this.#before = folded;
    this.#beforeMs = askedMs;
    if (!folded || !last || !isLonger(elapsed, askedMs, last)) return stacks;
    if (before === undefined) return { ...stacks, stacks: [] };
    if (!holdsAll(folded, before)) return stacks;
    return stacksOf(difference(folded, before), stacks.granularity);
  }
}

/**
 * Whether an answer covers more time than has passed since the one before. It either begins where
 * that ended or where that began: whichever of them is nearer.
 */
function isLonger(elapsed: number, askedMs: number, last: LastAnswer): boolean {
  const passed = (askedMs - last.askedMs) / 1000;
  return elapsed > passed + Math.max(last.elapsed / 2, TOLERANCE);
}

function holdsAll(counts: FoldedCounts, before: FoldedCounts): boolean {
  for (const [stack, count] of before) if ((counts.get(stack) ?? 0) < count) return false;
  return true;
}

function difference(counts: FoldedCounts, before: FoldedCounts): FoldedCounts {
  const differences = new Map<string, number>();
  for (const [stack, count] of counts) {
    const more = count - (before.get(stack) ?? 0);
    if (more > 0) differences.set(stack, more);
  }
  return differences;
}
