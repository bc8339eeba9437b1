import type {
  CallEdge,
  CallGraph,
  FunctionIndex,
  Profile,
  Stacks,
  Timeline,
} from '../model/profile';
import { add, at } from '../model/typedArrays';
import { outermostNodes, stackCosts, type StackCosts } from './stackCosts';

/** What a profile knows of one function; costs in the profile's unit. */
export interface FunctionRow {
  readonly func: FunctionIndex;
  /** `undefined` where the tool samples. */
  readonly calls: number | undefined;
  readonly primitiveCalls: number | undefined;
  /** `undefined` where the tool times lines with what they call (line_profiler), or nothing of it. */
  readonly self: number | undefined;
  /** Cost with all it called; a recursion counts once. */
  readonly total: number;
}

/** A function that called another one. */
export interface CallerRow {
  readonly caller: FunctionIndex;
  readonly calls: number | undefined;
  /** Inclusive cost of the callee when called from here. */
  readonly total: number | undefined;
}

/** All functions of a profile with their costs and callers. */
export interface FunctionTable {
  /** Parallel to `Profile.functions`. */
  readonly rows: readonly FunctionRow[];
  /** Parallel to `Profile.functions`; the costliest callers first. */
  readonly callers: readonly (readonly CallerRow[])[];
}

/** What each function of a profile costs, whatever kind of data the profile holds. */
export function functionTable(profile: Profile): FunctionTable {
  switch (profile.data.kind) {
    case 'callGraph':
      return fromCallGraph(profile.data);
    case 'stacks':
      return fromStacks(profile, profile.data);
    case 'lineTimings':
      return fromLines(profile);
    case 'timeline':
      return fromTimeline(profile, profile.data);
  }
}

function fromCallGraph({ stats, edges }: CallGraph): FunctionTable {
  const callers = stats.map((): CallerRow[] => []);
  for (const edge of edges) callers[edge.callee]?.push(callerRow(edge));
  return {
    rows: stats.map((own, func) => ({
      func,
      calls: own.calls,
      primitiveCalls: own.primitiveCalls,
      self: own.isCallerOnly ? undefined : own.self,
      total: own.total,
    })),
    callers: callers.map((rows) => rows.sort(costliestFirst)),
  };
}

function callerRow({ caller, calls, total }: CallEdge): CallerRow {
  return { caller, calls, total };
}

function costliestFirst(a: CallerRow, b: CallerRow): number {
  return (b.total ?? 0) - (a.total ?? 0) || (b.calls ?? 0) - (a.calls ?? 0) || a.caller - b.caller;
}

function fromStacks(profile: Profile, stacks: Stacks): FunctionTable {
  const count = profile.functions.length;
  const { parent, frame } = stacks.nodes;
  const funcs = frame.map((index) => stacks.frames[index]?.func ?? -1);
  const costs = stackCosts(profile, stacks);
  const outermost = outermostNodes(parent, funcs);
  const self = new Float64Array(count);
  const total = new Float64Array(count);
  const calls = new Float64Array(count);
  const primitiveCalls = new Float64Array(count);
  for (const [node, func] of funcs.entries()) {
    add(self, func, at(costs.self, node));
    add(calls, func, at(costs.calls, node));
    if (at(outermost, node) === 0) continue;
    add(total, func, at(costs.total, node));
    add(primitiveCalls, func, at(costs.calls, node));
  }
  return {
    rows: profile.functions.map((_, func) => ({
      func,
      calls: at(calls, func) || undefined,
      primitiveCalls: at(calls, func) > 0 ? at(primitiveCalls, func) : undefined,
      self: at(self, func),
      total: at(total, func),
    })),
    callers: stackCallers(parent, funcs, outermost, costs, count),
  };
}

/** Callers of the outermost activations, so that the costs of a function's callers add up to its total. */
function stackCallers(
  parent: Int32Array,
  funcs: Int32Array,
  outermost: Uint8Array,
  costs: StackCosts,
  count: number,
): CallerRow[][] {
  const byCaller = Array.from({ length: count }, () => new Map<number, CallerRow>());
  for (const [node, func] of funcs.entries()) {
    const above = at(parent, node);
    const rows = byCaller[func];
    if (above < 0 || !rows || at(outermost, node) === 0) continue;
    const caller = at(funcs, above);
    const row = rows.get(caller);
    rows.set(caller, {
      caller,
      calls: (row?.calls ?? 0) + at(costs.calls, node) || undefined,
      total: (row?.total ?? 0) + at(costs.total, node),
    });
  }
  return byCaller.map((rows) => [...rows.values()].sort(costliestFirst));
}

function fromLines({ functions, lines }: Profile): FunctionTable {
  const total = new Float64Array(functions.length);
  for (const line of lines) add(total, line.func, line.total);
  return {
    rows: functions.map((_, func) => ({
      func,
      calls: undefined,
      primitiveCalls: undefined,
      self: undefined,
      total: at(total, func),
    })),
    callers: functions.map(() => []),
  };
}

/** Of the calls that the tool marked: how many there were, and by how much the value grew in them. */
function fromTimeline({ functions }: Profile, { calls }: Timeline): FunctionTable {
  const total = new Float64Array(functions.length);
  const count = new Float64Array(functions.length);
  for (const { func, valueAtStart, valueAtEnd } of calls) {
    add(total, func, valueAtEnd - valueAtStart);
    add(count, func, 1);
  }
  return {
    rows: functions.map((_, func) => ({
      func,
      calls: at(count, func),
      primitiveCalls: undefined,
      self: undefined,
      total: at(total, func),
    })),
    callers: functions.map(() => []),
  };
}
