/** A `.cpuprofile` of Chrome 58 and later: `Profiler.Profile` of the Chrome DevTools Protocol. */
export interface CpuProfile {
  readonly nodes: readonly CpuProfileNode[];
  /** Microseconds. */
  readonly startTime: number;
  readonly endTime: number;
  /** Ids of the innermost nodes. */
  readonly samples: readonly number[];
  /** Microseconds from the sample before to each one; from the start to the first. */
  readonly timeDeltas: readonly number[];
}

export interface CpuProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  /** Number of samples whose innermost node this is. */
  hitCount: number;
  readonly children: number[];
  positionTicks?: readonly PositionTick[];
}

export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  /** 0-based; -1 where it is unknown. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

export interface PositionTick {
  /** 1-based. */
  readonly line: number;
  readonly ticks: number;
}
