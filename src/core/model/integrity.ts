import type { CallGraph, Period, Profile, Stacks, Timeline } from './profile';

/** Relative difference that summing in another order may make. */
const tolerance = 1e-6;

/**
 * What a reader must never produce, one sentence each; empty for a sound profile: indexes in range,
 * finite numbers, parents before their children, self costs that add up to the total.
 */
export function checkIntegrity(profile: Profile): string[] {
  const problems: string[] = [];
  checkFunctions(profile, problems);
  checkLines(profile, problems);
  switch (profile.data.kind) {
    case 'callGraph':
      checkCallGraph(profile, profile.data, problems);
      break;
    case 'stacks':
      checkStacks(profile, profile.data, problems);
      break;
    case 'lineTimings':
      break;
    case 'timeline':
      checkTimeline(profile, profile.data, problems);
      break;
  }
  checkChoices(profile, problems);
  if (!Number.isFinite(profile.total)) problems.push(`The total is ${profile.total}.`);
  return problems;
}

function checkFunctions({ functions }: Profile, problems: string[]): void {
  for (const { name, file, line } of functions) {
    if (file === '') problems.push(`Function ${name} has an empty file name.`);
    if (!isLine(line)) problems.push(`Function ${name} has line ${String(line)}.`);
  }
}

function checkLines({ lines, functions }: Profile, problems: string[]): void {
  for (const { func, file, line, hits, self, total } of lines) {
    const where = `${file}:${line}`;
    if (!isIndex(func, functions.length)) problems.push(`${where} belongs to no function.`);
    if (file === '' || !isLine(line)) problems.push(`${where} is no line.`);
    if (![hits, self, total].every(isFinite)) problems.push(`${where} has numbers that are none.`);
  }
}

function checkCallGraph(profile: Profile, graph: CallGraph, problems: string[]): void {
  const count = profile.functions.length;
  if (graph.stats.length !== count) problems.push('The stats are not parallel to the functions.');
  for (const [index, { calls, primitiveCalls, self, total }] of graph.stats.entries()) {
    const name = profile.functions[index]?.name ?? '?';
    if (![calls, primitiveCalls, self, total].every(isFinite)) {
      problems.push(`Function ${name} has numbers that are none.`);
    }
    if ((calls ?? 0) < 0 || (primitiveCalls ?? 0) > (calls ?? Infinity)) {
      problems.push(`Function ${name} has impossible call counts.`);
    }
  }
  for (const { caller, callee, calls, primitiveCalls, self, total } of graph.edges) {
    if (!isIndex(caller, count) || !isIndex(callee, count)) {
      problems.push(`An edge from ${caller} to ${callee} is out of range.`);
    }
    if (![calls, primitiveCalls, self, total].every(isFinite)) {
      problems.push(`The edge from ${caller} to ${callee} has numbers that are none.`);
    }
  }
  checkTotal(profile, sum(graph.stats.map(({ self }) => self)), problems);
}

function checkStacks(profile: Profile, stacks: Stacks, problems: string[]): void {
  const { frames, nodes, lanes, activeLane } = stacks;
  for (const { func, line } of frames) {
    if (!isIndex(func, profile.functions.length)) problems.push(`A frame has function ${func}.`);
    if (!isLine(line)) problems.push(`A frame has line ${String(line)}.`);
  }
  if (nodes.parent.length !== nodes.frame.length)
    problems.push('The node arrays differ in length.');
  for (const [node, parent] of nodes.parent.entries()) {
    if (parent < -1 || parent >= node) problems.push(`Node ${node} has parent ${parent}.`);
    if (!isIndex(nodes.frame[node] ?? -1, frames.length))
      problems.push(`Node ${node} has no frame.`);
  }
  for (const { name, samples, weights } of lanes) {
    if (samples.length !== weights.length) problems.push(`Lane ${name} has unequal arrays.`);
    if (!weights.every(isFinite)) problems.push(`Lane ${name} has weights that are none.`);
    if (!samples.every((node) => node >= -1 && node < nodes.parent.length)) {
      problems.push(`Lane ${name} has samples of no node.`);
    }
  }
  if (!isIndex(activeLane, lanes.length)) problems.push(`The active lane is ${activeLane}.`);
  checkTotal(profile, sumOfLanes(profile, stacks), problems);
}

function checkTimeline({ functions }: Profile, timeline: Timeline, problems: string[]): void {
  for (const { name, times, values } of timeline.series) {
    if (times.length !== values.length) problems.push(`Series ${name} has unequal arrays.`);
    if (!times.every(isFinite) || !values.every(isFinite)) {
      problems.push(`Series ${name} has numbers that are none.`);
    }
    if (times.some((time, index) => time < (times[index - 1] ?? -Infinity))) {
      problems.push(`Series ${name} is not in the order of time.`);
    }
  }
  for (const { func, start, end, valueAtStart, valueAtEnd } of timeline.calls) {
    if (!isIndex(func, functions.length)) problems.push(`A call is one of function ${func}.`);
    if (![start, end, valueAtStart, valueAtEnd].every(isFinite)) {
      problems.push('A call has numbers that are none.');
    }
  }
}

function checkChoices({ metrics, period }: Profile, problems: string[]): void {
  if (metrics && !metrics.all.some(({ id }) => id === metrics.shown)) {
    problems.push(`The metric ${metrics.shown} is none of the profile's.`);
  }
  if (!period) return;
  const isPeriod = ({ fromMs, untilMs }: Period): boolean =>
    isFinite(fromMs) && isFinite(untilMs) && fromMs <= untilMs;
  if (!isPeriod(period.recorded) || !isPeriod(period.shown)) {
    problems.push('The period does not end after it begins.');
  }
}

/** Cost of all samples in the profile's unit in which something ran. */
function sumOfLanes({ unit }: Profile, { lanes }: Stacks): number {
  const costs = lanes
    .filter((lane) => lane.unit === unit)
    .map(({ samples, weights }) => sum(weights.filter((_, index) => samples[index] !== -1)));
  return sum(costs);
}

function checkTotal({ total }: Profile, costs: number, problems: string[]): void {
  if (Math.abs(total - costs) > tolerance * Math.max(Math.abs(total), Math.abs(costs))) {
    problems.push(`The total is ${total} but the self costs add up to ${costs}.`);
  }
}

function sum(values: Iterable<number>): number {
  let result = 0;
  for (const value of values) result += value;
  return result;
}

function isFinite(value: number | undefined): boolean {
  return value === undefined || Number.isFinite(value);
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}

/** Whether a line number is 1-based, where it is known. */
function isLine(line: number | undefined): boolean {
  return line === undefined || (Number.isInteger(line) && line >= 1);
}
