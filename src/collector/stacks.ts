/** A function while one of its lines runs, as a sampler tells it. */
export interface CollectedFrame {
  readonly name: string;
  readonly file: string | undefined;
  /** 1-based line of the definition. */
  readonly definitionLine: number | undefined;
  /** 1-based. */
  readonly executingLine: number | undefined;
}

/** A stack and how often it was sampled. */
export interface CollectedStack {
  /** Indexes of its frames, the outermost first; at least one. */
  readonly frames: readonly number[];
  /** Whole numbers: samples in which the thread ran, and in which it waited for work. */
  readonly running: number;
  readonly waiting: number;
}

/** What a process was doing for some time. */
export interface CollectedStacks {
  readonly frames: readonly CollectedFrame[];
  /** A stack may stand more than once. */
  readonly stacks: readonly CollectedStack[];
  /** Seconds that a sample stands for, where that is known. */
  readonly granularity: number | undefined;
}

/** Samples of all stacks, of waiting threads too. */
export function samplesOf({ stacks }: CollectedStacks): number {
  return stacks.reduce((sum, { running, waiting }) => sum + running + waiting, 0);
}
