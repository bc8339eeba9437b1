import type { PlotCall, PlotDocument } from '../../../src/protocol/flamegraph';
import { formatChange, formatTime, formatValue } from './axis';

/** What was measured at a moment. */
export interface Reading {
  /** Parallel to the plot's series; `undefined` where a process did not run. */
  readonly values: readonly (number | undefined)[];
  /** Calls that went on, the outermost first. */
  readonly calls: readonly PlotCall[];
}

/** What the plot has at a time, in seconds since its start. */
export function readingAt(plot: PlotDocument, time: number): Reading {
  return {
    values: plot.series.map(({ times, values }) => values[nearestIndex(times, time) ?? -1]),
    calls: plot.calls
      .filter(({ start, end }) => start <= time && time <= end)
      .sort((a, b) => a.row - b.row),
  };
}

/** The next moment after (or before) a time at which anything was measured; else the end there. */
export function nextMoment(
  { series, duration }: PlotDocument,
  time: number,
  direction: 'after' | 'before',
): number {
  if (direction === 'after') {
    const after = series.flatMap(({ times }) => times.find((each) => each > time) ?? []);
    return Math.min(duration, ...after);
  }
  const before = series.flatMap(({ times }) => times.findLast((each) => each < time) ?? []);
  return Math.max(0, ...before);
}

/** A moment in words, as it is read out: time, values, and the calls that went on. */
export function spoken(plot: PlotDocument, time: number): string {
  const { values, calls } = readingAt(plot, time);
  const measured = plot.series.flatMap(({ name }, index) => {
    const value = values[index];
    if (value === undefined) return [];
    const text = formatValue(value, plot.unit);
    return [plot.series.length === 1 ? text : `${name} ${text}`];
  });
  const moment = formatTime(Math.round(time * 1000) / 1000);
  return [moment, ...measured, ...calls.map((call) => spokenCall(plot, call))].join(', ');
}

function spokenCall({ unit }: PlotDocument, call: PlotCall): string {
  return `in ${call.name} ${formatChange(call.valueAtEnd - call.valueAtStart, unit)}`;
}

/** Index of the time nearest to another one; none before the first and after the last. */
function nearestIndex(times: readonly number[], time: number): number | undefined {
  const after = times.findIndex((each) => each >= time);
  if (after < 0 || (after === 0 && times[0] !== time)) return undefined;
  const before = Math.max(0, after - 1);
  return time - (times[before] ?? 0) < (times[after] ?? 0) - time ? before : after;
}
