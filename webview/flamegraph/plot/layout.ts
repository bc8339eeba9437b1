import type { PlotDocument } from '../../../src/protocol/flamegraph';
import { timeTicks, valueTicks, type Tick } from './axis';

/** Room around the lines; pixels. */
const LEFT = 80;
const RIGHT = 24;
const TOP = 12;
const TIME_AXIS = 28;

/** Height of a row of bands, and how many are drawn; deeper calls are in the table only. */
export const BAND_HEIGHT = 20;
const MOST_BAND_ROWS = 8;

/** Distance that ticks keep; pixels. */
const TICK_WIDTH = 90;
const TICK_HEIGHT = 48;

/** Where everything of a plot stands, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The area of the lines. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Top of the first row of bands. */
  readonly bands: number;
  readonly bandRows: number;
  readonly timeTicks: readonly Tick[];
  readonly valueTicks: readonly Tick[];
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  /** The time at a place, within those of the plot. */
  readonly timeAt: (x: number) => number;
}

/** Lays a plot out in a space of this size. */
export function layoutOf(plot: PlotDocument, width: number, height: number): Layout {
  const { duration, calls, series, unit } = plot;
  const rows = calls.reduce((count, { row }) => Math.max(count, row + 1), 0);
  const bandRows = Math.min(rows, MOST_BAND_ROWS);
  const left = LEFT;
  const right = Math.max(left + 1, width - RIGHT);
  const top = TOP;
  const bottom = Math.max(top + 1, height - TIME_AXIS - bandRows * BAND_HEIGHT);
  const highest = series.reduce((most, { peak }) => Math.max(most, peak.value), 0);
  const values = valueTicks(highest, unit, Math.max(2, Math.floor((bottom - top) / TICK_HEIGHT)));
  const maximum = values.at(-1)?.value ?? 1;
  const span = duration > 0 ? duration : 1;
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    bands: bottom + TIME_AXIS,
    bandRows,
    timeTicks: timeTicks(span, Math.max(2, Math.floor((right - left) / TICK_WIDTH))),
    valueTicks: values,
    x: (time) => left + (time / span) * (right - left),
    y: (value) => bottom - (value / maximum) * (bottom - top),
    timeAt: (x) => Math.max(0, Math.min(duration, ((x - left) / (right - left)) * span)),
  };
}
