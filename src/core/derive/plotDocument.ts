import type { Unit } from '../model/profile';

/** Values over time as they are drawn. Times are seconds since the start, values in `unit`. */
export interface PlotDocument {
  readonly unit: Unit;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  /** Seconds. */
  readonly duration: number;
  readonly series: readonly PlotSeries[];
  /** In the order in which they began. */
  readonly calls: readonly PlotCall[];
}

/** One line of the plot: as many points as can be seen, highs and lows always among them. */
export interface PlotSeries {
  readonly name: string;
  /** Ascending. */
  readonly times: readonly number[];
  /** Parallel to `times`. */
  readonly values: readonly number[];
  readonly peak: PlotPoint;
}

export interface PlotPoint {
  readonly time: number;
  readonly value: number;
}

/** A call that was marked, as a band below the lines. */
export interface PlotCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly valueAtStart: number;
  readonly valueAtEnd: number;
  /** Row of the band, 0 for the outermost; no two bands of a row overlap. */
  readonly row: number;
}
