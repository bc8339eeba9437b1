import type { TimelineDocument } from '../../src/protocol/timeline';
import { valueTicks, type Tick } from '../flamegraph/plot/axis';
import { clockTicks, type ClockTick } from './clock';

/** Room around the bars; pixels. */
const LEFT = 72;
const RIGHT = 24;
const TOP = 12;
const TIME_AXIS = 28;

/** Distance that ticks keep; pixels. */
const TICK_WIDTH = 96;
const TICK_HEIGHT = 48;

/** The axis goes so far up at least: a tick for a part of a sample makes no sense. */
const LEAST_PEAK = 10;

/** Where everything of a timeline stands, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The area of the bars. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly timeTicks: readonly ClockTick[];
  readonly valueTicks: readonly Tick[];
  /** Of a moment, in milliseconds since the epoch. */
  readonly x: (ms: number) => number;
  /** Of a number of samples. */
  readonly y: (samples: number) => number;
  /** The moment at a place. */
  readonly msAt: (x: number) => number;
}

/** Lays a timeline out in a space of this size. */
export function layoutOf(timeline: TimelineDocument, width: number, height: number): Layout {
  const { fromMs, stepMs, samples } = timeline;
  const left = LEFT;
  const right = Math.max(left + 1, width - RIGHT);
  const top = TOP;
  const bottom = Math.max(top + 1, height - TIME_AXIS);
  const spanMs = Math.max(1, samples.length) * stepMs;
  const peak = samples.reduce((most, count) => Math.max(most, count), LEAST_PEAK);
  const values = valueTicks(peak, 'samples', Math.max(2, Math.floor((bottom - top) / TICK_HEIGHT)));
  const highest = values.at(-1)?.value ?? 1;
  const mostTicks = Math.max(2, Math.floor((right - left) / TICK_WIDTH));
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    timeTicks: clockTicks(fromMs, fromMs + spanMs, mostTicks),
    valueTicks: values,
    x: (ms) => left + ((ms - fromMs) / spanMs) * (right - left),
    y: (count) => bottom - (count / highest) * (bottom - top),
    msAt: (x) => fromMs + ((x - left) / (right - left)) * spanMs,
  };
}
