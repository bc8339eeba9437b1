import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts, type LineCost } from '../../../../src/core/derive/lineCosts';
import type { Lane, Profile, Series } from '../../../../src/core/model/profile';
import { labelOf } from './samples';

/** How many functions, lines, lanes and metrics a snapshot lists of however many there are. */
const longestList = 8;

/**
 * What a profile holds, short enough for a person to read when it changes: all kinds of its content
 * with their numbers, and of its functions and lines the costliest.
 */
export function snapshotOf(profile: Profile): object {
  const { format, unit, total, functions, lines, metrics, period, request, warnings } = profile;
  const costs = costliestLines(profile);
  return present({
    format,
    unit,
    total: rounded(total),
    functions: functions.length,
    exactLines: lines.length || undefined,
    ...dataOf(profile),
    costliestFunctions: costliestFunctions(profile),
    linesWithCost: costs.length || undefined,
    costliestLines: costs.length > 0 ? costs.slice(0, longestList) : undefined,
    metrics: metrics && { shown: metrics.shown, all: metrics.all.map(({ label }) => label) },
    period,
    request: Object.keys(request).length > 0 ? request : undefined,
    record: recordOf(profile),
    warnings: warnings.length > 0 ? warnings : undefined,
  });
}

function dataOf({ data }: Profile): object {
  switch (data.kind) {
    case 'callGraph':
      return { data: data.kind, edges: data.edges.length };
    case 'stacks':
      return {
        data: data.kind,
        frames: data.frames.length,
        nodes: data.nodes.parent.length,
        lanes: data.lanes.length,
        activeLane: data.activeLane,
        firstLanes: data.lanes.slice(0, longestList).map(laneText),
      };
    case 'lineTimings':
      return { data: data.kind };
    case 'timeline':
      return {
        data: data.kind,
        series: data.series.slice(0, longestList).map(seriesText),
        calls: data.calls.length,
      };
  }
}

function laneText({ name, kind, unit, timeOrdered, samples, weights }: Lane): string {
  const weight = rounded(weights.reduce((sum, each) => sum + each, 0));
  const order = timeOrdered ? ', in the order of time' : '';
  return `${name}: ${kind}, ${samples.length} samples, ${weight} ${unit}${order}`;
}

function seriesText({ name, times, values }: Series): string {
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return `${name}: ${times.length} values up to ${rounded(highest)}`;
}

function costliestFunctions(profile: Profile): string[] {
  return functionTable(profile)
    .rows.map((row) => ({ ...row, label: labelOf(profile, row.func) }))
    .sort((a, b) => (b.self ?? 0) - (a.self ?? 0) || b.total - a.total || compare(a.label, b.label))
    .slice(0, longestList)
    .map(
      ({ label, calls, self, total }) =>
        `${label}: calls ${known(calls)}, self ${known(self)}, total ${rounded(total)}`,
    );
}

function costliestLines(profile: Profile): string[] {
  const all: { label: string; cost: LineCost }[] = [];
  for (const [file, lines] of lineCosts(profile)) {
    for (const [line, cost] of lines) all.push({ label: `${file}:${line}`, cost });
  }
  return all
    .sort((a, b) => b.cost.time - a.cost.time || compare(a.label, b.label))
    .map(
      ({ label, cost: { hits, self, time, measured } }) =>
        `${label}: hits ${known(hits)}, self ${known(self)}, time ${rounded(time)}, ${measured}`,
    );
}

/** How much there is of each part of what a profiler of requests recorded. */
function recordOf({ record }: Profile): object | undefined {
  if (!record) return undefined;
  const counts = Object.entries(record).map(([part, value]: [string, unknown]) => [
    part,
    value instanceof Map ? value.size : Array.isArray(value) ? value.length : undefined,
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count !== undefined)) as object;
}

function known(value: number | undefined): string {
  return value === undefined ? 'unknown' : String(rounded(value));
}

/** Summing in another order may change the last digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function present(parts: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
