import { walkDepthFirst, type DepthFirstWalk } from '../model/depthFirstWalk';
import { groupBy, sortGroups } from '../model/groups';
import type { CallGraph, FunctionStats } from '../model/profile';
import { add, at, firstIndexes } from '../model/typedArrays';
import { callLinks, isSelfCall, type CallLinks } from './callLinks';
import { divideCosts, hasCost, type CostDivision } from './costDivision';

/**
 * Where the cost of a call graph flows, from its roots to the functions that spend it, without
 * cycles. What flows into a function is what it spends itself and what flows on to its callees.
 *
 * The edges of caller `f` are `start[f]` to `start[f + 1] - 1`, the heaviest first. The edges of
 * the caller after the last function lead to the roots. All edges carry a cost greater than 0.
 */
export interface CallFlow {
  readonly start: Int32Array;
  readonly callee: Int32Array;
  /** What the callee spends itself of what flows through the edge. */
  readonly self: Float64Array;
  /** What the callee passes on to its own callees of it. */
  readonly below: Float64Array;
  /** What flows through the edge and the lighter ones of the same caller. */
  readonly rest: Float64Array;
  /** 1 where the cost was divided among the callee's callers by assumption, not by measurement. */
  readonly assumed: Uint8Array;
  /** Per function: the number of edges that lead to it. */
  readonly callers: Int32Array;
  /** All functions; the callees of a function precede it. */
  readonly calleesFirst: Int32Array;
  /** Number of paths from a root to any function, which is the number of nodes of the whole call tree. */
  readonly paths: number;
}

/**
 * Finds the flow that spends, in every function, exactly its self cost.
 *
 * Callees come first: what a function needs is its self cost and what flows on to its callees. Each
 * of the two is divided among its callers in proportion to what the profile measured for the same
 * edge: cost of the callee itself, and cost below it. Where only inclusive costs are known those
 * decide, and where only calls are, the calls. So rounding, recursion and odd files (edges that do
 * not add up) change proportions, but no cost is made or lost.
 *
 * Recursion is folded: an edge to the caller itself, or back to a function on the path, is left
 * out, and its cost stays with the outer activation. A negative cost (a clock set back) counts as 0.
 */
export function callFlow(graph: CallGraph): CallFlow {
  const { stats, edges } = graph;
  const links = callLinks(graph);
  const calls = firstIndexes(edges.length).filter((link) => !isSelfCall(links, link));
  const outgoing = groupBy(calls, links.caller, stats.length);
  sortGroups(outgoing, heaviestFirst(links));
  const { start, items } = outgoing;
  const target = items.map((link) => at(links.callee, link));
  const walk = walkDepthFirst({ start, target }, startingOrder(stats, links));
  const kept = items.filter((_, edge) => at(walk.closesCycle, edge) === 0);
  const division = divideCosts(stats, links, {
    calleesFirst: walk.targetsFirst,
    callees: groupBy(kept, links.caller, stats.length),
    callers: groupBy(withRoots(kept, links, stats.length), links.callee, stats.length),
    isFolded: foldedFunctions(walk, links),
  });
  return assemble(links, division, walk.targetsFirst);
}

/** The heavier of two calls starts the path, so that the lighter one is folded where both are a cycle. */
function heaviestFirst({ callee, calls, total }: CallLinks): (a: number, b: number) => number {
  return (a, b) =>
    known(total, b) - known(total, a) ||
    known(calls, b) - known(calls, a) ||
    at(callee, a) - at(callee, b);
}

/** A number of a column, 0 where it is not known. */
function known(column: Float64Array, index: number): number {
  return at(column, index) || 0;
}

/** Functions called from outside before the others, the costliest first. */
function startingOrder(
  stats: readonly FunctionStats[],
  { isCalledFromOutside }: CallLinks,
): Int32Array {
  const total = Float64Array.from(stats, (own) => own.total);
  const outsideFirst = (a: number, b: number): number =>
    at(isCalledFromOutside, b) - at(isCalledFromOutside, a) || at(total, b) - at(total, a) || a - b;
  return firstIndexes(stats.length).sort(outsideFirst);
}

/** Adds the calls from outside, of functions that have such or to which no other link leads. */
function withRoots(kept: Int32Array, links: CallLinks, functions: number): Int32Array {
  const isRoot = new Uint8Array(functions).fill(1);
  for (const link of kept) isRoot[at(links.callee, link)] = 0;
  for (const [func, isCalled] of links.isCalledFromOutside.entries()) isRoot[func] ||= isCalled;
  const firstOutside = links.caller.length - functions;
  const roots = firstIndexes(functions).filter((func) => at(isRoot, func) === 1);
  const all = new Int32Array(kept.length + roots.length);
  all.set(kept);
  all.set(
    roots.map((func) => firstOutside + func),
    kept.length,
  );
  return all;
}

/** Per function: 1 where it calls itself, directly or through others. */
function foldedFunctions({ component }: DepthFirstWalk, { callsItself }: CallLinks): Uint8Array {
  const size = new Int32Array(component.length);
  for (const each of component) add(size, each, 1);
  return callsItself.map((itself, func) => itself || Number(at(size, at(component, func)) > 1));
}

/** Lays the links that carry cost out by caller. */
function assemble(links: CallLinks, division: CostDivision, calleesFirst: Int32Array): CallFlow {
  const functions = calleesFirst.length;
  const carrying = division.links.filter((link) => hasCost(division, link));
  const { start, items } = groupBy(carrying, links.caller, functions + 1);
  sortGroups({ start, items }, costliestFirst(links, division));
  const flow = {
    start,
    callee: new Int32Array(items.length),
    self: new Float64Array(items.length),
    below: new Float64Array(items.length),
    rest: new Float64Array(items.length),
    assumed: new Uint8Array(items.length),
    callers: new Int32Array(functions),
    calleesFirst,
  };
  for (let edge = 0; edge < items.length; edge += 1) {
    const link = at(items, edge);
    flow.callee[edge] = at(links.callee, link);
    flow.self[edge] = at(division.self, link);
    flow.below[edge] = at(division.below, link);
    flow.assumed[edge] = at(division.assumed, link);
    add(flow.callers, at(links.callee, link), 1);
  }
  for (let caller = 0; caller <= functions; caller += 1) addUpRest(flow, caller);
  return { ...flow, paths: countPaths(flow) };
}

function costliestFirst(
  { callee }: CallLinks,
  { self, below }: CostDivision,
): (a: number, b: number) => number {
  return (a, b) =>
    at(self, b) + at(below, b) - (at(self, a) + at(below, a)) || at(callee, a) - at(callee, b);
}

function addUpRest({ start, self, below, rest }: Omit<CallFlow, 'paths'>, caller: number): void {
  let sum = 0;
  for (let edge = at(start, caller + 1) - 1; edge >= at(start, caller); edge -= 1) {
    sum += at(self, edge) + at(below, edge);
    rest[edge] = sum;
  }
}

/** Number of paths from the roots to any function; may be too large for an integer, or infinite. */
function countPaths({ start, callee, calleesFirst }: Omit<CallFlow, 'paths'>): number {
  const outside = calleesFirst.length;
  const paths = new Float64Array(outside + 1);
  paths[outside] = 1;
  for (const caller of [outside, ...calleesFirst.toReversed()]) {
    for (let edge = at(start, caller); edge < at(start, caller + 1); edge += 1)
      add(paths, at(callee, edge), at(paths, caller));
  }
  return paths.reduce((sum, count) => sum + count, -1);
}
