import type { Profile, Series, TimedCall, Timeline } from '../model/profile';
import { at } from '../model/typedArrays';
import type { PlotCall, PlotDocument, PlotPoint, PlotSeries } from './plotDocument';

/** A plot and what of the profile it leaves out. */
export interface PlotResult {
  readonly document: PlotDocument;
  /** One line for people; `undefined` where all is shown. */
  readonly note: string | undefined;
}

/** Parts of the time of which the lowest and the highest value are drawn: more than a screen has pixels. */
const MOST_PARTS = 2_000;

const MOST_SERIES = 12;
const MOST_CALLS = 2_000;

/** What the plot shows of a profile of values over time. */
export function toPlot(profile: Profile, timeline: Timeline): PlotResult {
  const { start, end } = spanOf(timeline);
  const series = highest(timeline.series);
  const calls = longest(timeline.calls);
  const notes = [
    leftOut(timeline.series.length, series.length, 'processes', 'with the highest peaks'),
    leftOut(timeline.calls.length, calls.length, 'calls', 'that took longest'),
  ].filter((note) => note !== undefined);
  return {
    document: {
      unit: profile.unit,
      startMs: start * 1000,
      duration: end - start,
      series: series.map((each) => plotSeries(each, start, end)),
      calls: inRows(calls, ({ func }) => profile.functions[func]?.name ?? '', start),
    },
    note: notes.length === 0 ? undefined : notes.join(' '),
  };
}

function leftOut(all: number, shown: number, noun: string, which: string): string | undefined {
  if (all === shown) return undefined;
  return `Of ${all.toLocaleString('en-US')} ${noun} the ${shown.toLocaleString('en-US')} ${which} are shown.`;
}

/** From the first to the last time there is; seconds since the epoch. */
function spanOf({ series, calls }: Timeline): { start: number; end: number } {
  let start = Infinity;
  let end = -Infinity;
  for (const { times } of series) {
    start = Math.min(start, times[0] ?? Infinity);
    end = Math.max(end, times.at(-1) ?? -Infinity);
  }
  for (const call of calls) {
    start = Math.min(start, call.start);
    end = Math.max(end, call.end);
  }
  return start <= end ? { start, end } : { start: 0, end: 0 };
}

/** Those with the highest peaks, in their own order. */
function highest(series: readonly Series[]): readonly Series[] {
  if (series.length <= MOST_SERIES) return series;
  const byPeak = [...series].sort((a, b) => peakOf(b).value - peakOf(a).value);
  const chosen = new Set(byPeak.slice(0, MOST_SERIES));
  return series.filter((each) => chosen.has(each));
}

function longest(calls: readonly TimedCall[]): readonly TimedCall[] {
  if (calls.length <= MOST_CALLS) return calls;
  return [...calls].sort((a, b) => b.end - b.start - (a.end - a.start)).slice(0, MOST_CALLS);
}

/** The highest value and its first time; seconds since the epoch. */
function peakOf({ times, values }: Series): PlotPoint {
  let peak = 0;
  for (const [index, value] of values.entries()) if (value > at(values, peak)) peak = index;
  return { time: times[peak] ?? 0, value: values[peak] ?? 0 };
}

function plotSeries(series: Series, start: number, end: number): PlotSeries {
  const { name, times, values } = series;
  const shown = telling(series, start, end);
  const { time, value } = peakOf(series);
  return {
    name,
    times: shown.map((index) => at(times, index) - start),
    values: shown.map((index) => at(values, index)),
    peak: { time: time - start, value },
  };
}

/** Indexes of the lowest and the highest value of every part of the time, and of both ends. */
function telling({ times, values }: Series, start: number, end: number): number[] {
  if (times.length <= 2 * MOST_PARTS) return [...times.keys()];
  const partOf = (index: number): number =>
    Math.floor(((at(times, index) - start) / (end - start)) * MOST_PARTS);
  const shown = new Set([0]);
  let low = 0;
  let high = 0;
  const closePart = (): void => {
    shown.add(Math.min(low, high)).add(Math.max(low, high));
  };
  for (let index = 1; index < times.length; index++) {
    if (partOf(index) !== partOf(low)) {
      closePart();
      low = high = index;
    }
    if (at(values, index) < at(values, low)) low = index;
    if (at(values, index) > at(values, high)) high = index;
  }
  closePart();
  return [...shown.add(times.length - 1)];
}

/** Each call in the first row that is free when it begins: one within another gets the row below. */
function inRows(
  calls: readonly TimedCall[],
  nameOf: (call: TimedCall) => string,
  start: number,
): PlotCall[] {
  const freeFrom: number[] = [];
  return [...calls]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((call) => {
      const free = freeFrom.findIndex((end) => end <= call.start);
      const row = free < 0 ? freeFrom.length : free;
      freeFrom[row] = call.end;
      return {
        name: nameOf(call),
        start: call.start - start,
        end: call.end - start,
        valueAtStart: call.valueAtStart,
        valueAtEnd: call.valueAtEnd,
        row,
      };
    });
}
