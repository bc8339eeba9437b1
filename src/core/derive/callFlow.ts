import type { CallEdge, CallGraph, FunctionStats } from '../model/profile';
import { acyclicOrder, type AcyclicOrder, type Adjacency } from './acyclicOrder';
import { add, at } from './numbers';

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

/** What the profile measured for an edge; for the edge to a root what no caller accounts for. */
type Measured = Pick<CallEdge, 'calls' | 'self' | 'total'>;

/** An edge on its way to a `CallFlow`. */
interface Link {
  readonly caller: number;
  readonly callee: number;
  readonly measured: Measured;
  self: number;
  below: number;
  assumed: boolean;
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
export function callFlow({ stats, edges }: CallGraph): CallFlow {
  const count = stats.length;
  const links = edges.map((edge) => link(edge.caller, edge.callee, edge));
  const incoming = groupBy(links, count, ({ callee }) => callee);
  const roots = stats.map((own, index) => outsideCall(own, incoming[index] ?? []));

  const outgoing = groupBy(links.filter(isNoSelfCall), count, ({ caller }) => caller);
  for (const group of outgoing) group.sort(heaviestFirst);
  const order = acyclicOrder(adjacency(outgoing), startingOrder(stats, roots));
  const kept = withoutClosing(outgoing, order);
  const callers = groupBy(kept.flat(), count, ({ callee }) => callee);
  for (const callee of order.targetsFirst) {
    const own = stats[callee];
    const from = callers[callee];
    if (!own || !from) continue;
    const root = roots[callee] ?? (from.length === 0 ? own : undefined);
    if (root) from.push(link(count, callee, root));
    const below = (kept[callee] ?? []).reduce((sum, { self, below }) => sum + self + below, 0);
    divide(from, Math.max(0, own.self), below);
    const folded = order.onCycle[callee] === 1 || incoming[callee]?.every(isNoSelfCall) === false;
    markAssumed(from, below, folded);
  }
  return assemble(callers, order.targetsFirst);
}

function link(caller: number, callee: number, measured: Measured): Link {
  return { caller, callee, measured, self: 0, below: 0, assumed: false };
}

function isNoSelfCall({ caller, callee }: Link): boolean {
  return caller !== callee;
}

/** What of a function's cost comes from no caller in the graph; `undefined` if nothing does. */
function outsideCall(own: FunctionStats, incoming: readonly Link[]): Measured | undefined {
  const outer = incoming.every(isNoSelfCall) ? incoming : incoming.filter(isNoSelfCall);
  if (outer.length === 0) return own;
  const calls = remainder(own.calls, incoming, ({ calls }) => calls);
  const total = remainder(own.total, outer, ({ total }) => total);
  const negligible = own.total * 1e-6;
  const isCalled = calls === undefined ? (total ?? 0) > negligible : calls > 0;
  if (!isCalled) return undefined;
  return { calls, self: remainder(own.self, incoming, ({ self }) => self), total };
}

/** What is left of a number without its parts, never negative; `undefined` if any of them is unknown. */
function remainder(
  whole: number | undefined,
  links: readonly Link[],
  part: Measure,
): number | undefined {
  let left = whole;
  for (const { measured } of links) {
    const value = part(measured);
    if (left === undefined || value === undefined) return undefined;
    left -= value;
  }
  return left === undefined ? undefined : Math.max(0, left);
}

/** The heavier of two calls starts the path, so that the lighter one is folded where both are a cycle. */
function heaviestFirst(a: Link, b: Link): number {
  return (
    (b.measured.total ?? 0) - (a.measured.total ?? 0) ||
    (b.measured.calls ?? 0) - (a.measured.calls ?? 0) ||
    a.callee - b.callee
  );
}

/** Functions called from outside before the others, the costliest first. */
function startingOrder(
  stats: readonly FunctionStats[],
  roots: readonly (Measured | undefined)[],
): Int32Array {
  const outsideFirst = (a: number, b: number): number =>
    Number(roots[a] === undefined) - Number(roots[b] === undefined) ||
    (stats[b]?.total ?? 0) - (stats[a]?.total ?? 0) ||
    a - b;
  return Int32Array.from(stats.keys()).sort(outsideFirst);
}

function withoutClosing(
  outgoing: readonly (readonly Link[])[],
  { closesCycle }: AcyclicOrder,
): Link[][] {
  let edge = 0;
  return outgoing.map((links) => links.filter(() => closesCycle[edge++] === 0));
}

/** Divides what a function needs among the links that lead to it. */
function divide(links: readonly Link[], self: number, below: number): void {
  const selfWeights = weights(links, SELF_MEASURES);
  const belowWeights = weights(links, BELOW_MEASURES);
  for (const [index, link] of links.entries()) {
    link.self = self * (selfWeights[index] ?? 0);
    link.below = below * (belowWeights[index] ?? 0);
  }
}

type Measure = (measured: Measured) => number | undefined;

/** What tells how a function's own cost is divided among its callers, the best first. */
const SELF_MEASURES: readonly Measure[] = [
  (measured) => measured.self,
  (measured) => measured.total,
  (measured) => measured.calls,
];

/** What tells how the cost below it is divided. */
const BELOW_MEASURES: readonly Measure[] = [
  ({ self, total }) => (self === undefined || total === undefined ? undefined : total - self),
  (measured) => measured.total,
  (measured) => measured.calls,
];

/** Shares that add up to 1, by the first measure that every link has and that tells them apart from nothing. */
function weights(links: readonly Link[], measures: readonly Measure[]): number[] {
  if (links.length === 1) return [1];
  for (const measure of measures) {
    const costs: number[] = [];
    let total = 0;
    for (const { measured } of links) {
      const value = measure(measured);
      if (value === undefined) break;
      total += Math.max(0, value);
      costs.push(Math.max(0, value));
    }
    if (total > 0 && costs.length === links.length) return costs.map((cost) => cost / total);
  }
  return links.map(() => 1 / links.length);
}

function markAssumed(links: readonly Link[], below: number, folded: boolean): void {
  const isMeasured = links.every(
    ({ measured: { self, total } }) => total !== undefined && (self !== undefined || below === 0),
  );
  const assumed = links.filter(hasCost).length > 1 && (folded || !isMeasured);
  for (const link of links) link.assumed = assumed;
}

function hasCost({ self, below }: Link): boolean {
  return self + below > 0;
}

function assemble(callers: readonly (readonly Link[])[], calleesFirst: Int32Array): CallFlow {
  const byCaller = groupBy(callers.flat().filter(hasCost), callers.length + 1, (l) => l.caller);
  for (const group of byCaller) {
    if (group.length > 1) group.sort(costliestFirst);
  }
  const { start, target } = adjacency(byCaller);
  const flow = {
    start,
    callee: target,
    self: new Float64Array(target.length),
    below: new Float64Array(target.length),
    rest: new Float64Array(target.length),
    assumed: new Uint8Array(target.length),
    callers: new Int32Array(callers.length),
    calleesFirst,
    paths: countPaths(byCaller, calleesFirst),
  };
  let edge = target.length;
  for (const group of byCaller.reverse()) {
    let rest = 0;
    for (const { callee, self, below, assumed } of group.reverse()) {
      edge -= 1;
      rest += self + below;
      flow.self[edge] = self;
      flow.below[edge] = below;
      flow.rest[edge] = rest;
      flow.assumed[edge] = Number(assumed);
      add(flow.callers, callee, 1);
    }
  }
  return flow;
}

function costliestFirst(a: Link, b: Link): number {
  return b.self + b.below - (a.self + a.below) || a.callee - b.callee;
}

/** Number of paths from the roots to any function; may be too large for an integer, or infinite. */
function countPaths(byCaller: readonly (readonly Link[])[], calleesFirst: Int32Array): number {
  const root = calleesFirst.length;
  const paths = new Float64Array(root + 1);
  paths[root] = 1;
  for (const caller of [root, ...calleesFirst.toReversed()]) {
    for (const { callee } of byCaller[caller] ?? []) add(paths, callee, at(paths, caller));
  }
  return paths.reduce((sum, count) => sum + count, -1);
}

function adjacency(outgoing: readonly (readonly Link[])[]): Adjacency {
  const start = new Int32Array(outgoing.length + 1);
  for (const [index, links] of outgoing.entries())
    start[index + 1] = at(start, index) + links.length;
  return { start, target: Int32Array.from(outgoing.flat(), ({ callee }) => callee) };
}

function groupBy<T>(items: readonly T[], count: number, key: (item: T) => number): T[][] {
  const groups = Array.from({ length: count }, (): T[] => []);
  for (const item of items) groups[key(item)]?.push(item);
  return groups;
}
