import type { Protocol } from '../api';
import type { CollectedStacks } from '../stacks';

/** The endpoint cannot be collected from; the message is one sentence on why. */
export class PullError extends Error {
  override readonly name = 'PullError';
}

/** What a process tells of itself. */
export interface AnsweringProcess {
  readonly name: string;
  readonly pid: number;
  /** Seconds since the epoch. */
  readonly started: number;
}

/** What an endpoint answered. */
export interface Answer {
  readonly protocol: Protocol;
  /** Seconds that the stacks cover. */
  readonly elapsed: number;
  /** Absent where the protocol does not tell. */
  readonly process?: AnsweringProcess | undefined;
  readonly stacks: CollectedStacks;
  /**
   * The samples by the text of their stack, where the protocol does not say whether they are new:
   * then an answer may tell again what the one before it told.
   */
  readonly folded?: FoldedCounts | undefined;
}

/** Samples by folded stack. */
export type FoldedCounts = ReadonlyMap<string, number>;
