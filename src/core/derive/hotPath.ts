import type {
  CallEdge,
  CallGraph,
  ExactLine,
  FunctionIndex,
  NodeIndex,
  Profile,
  Stacks,
} from '../model/profile';
import { at } from '../model/typedArrays';
import { stackCosts, type StackCosts } from './stackCosts';

/** One function of the hot path. */
export interface HotStep {
  readonly func: FunctionIndex;
  /** `undefined` where the function has no file. */
  readonly file: string | undefined;
  /**
   * 1-based line that calls the next function, or of the last one its costliest; `undefined` where
   * the profile does not tell.
   */
  readonly line: number | undefined;
  /** Inclusive cost on this path, in the profile's unit; of a call graph the most that it can be. */
  readonly total: number;
}

/**
 * The way down to where most of a profile was spent: from the costliest root to its costliest callee
 * and on, until a function costs more itself than any that it calls. A function of a call graph is
 * on it once. Line timings tell no calls, so there it is the costliest function; a timeline has none.
 */
export function hotPath(profile: Profile): HotStep[] {
  switch (profile.data.kind) {
    case 'stacks': {
      const path = inStacks(profile, profile.data);
      // A short request may have ended before the first sample, and its lines were timed all the same.
      const hasPlaces = path.some(({ file }) => file !== undefined);
      return hasPlaces || profile.lines.length === 0 ? path : inLineTimings(profile);
    }
    case 'callGraph':
      return inCallGraph(profile, profile.data);
    case 'lineTimings':
      return inLineTimings(profile);
    case 'timeline':
      return [];
  }
}

/** Activations of one function that have the same callers on the hot path. */
interface Activations {
  readonly func: FunctionIndex;
  readonly nodes: NodeIndex[];
  total: number;
}

function inStacks(profile: Profile, stacks: Stacks): HotStep[] {
  const { parent, frame } = stacks.nodes;
  const costs = stackCosts(profile, stacks);
  const children = new Map<NodeIndex, NodeIndex[]>();
  for (const [node, above] of parent.entries()) {
    const siblings = children.get(above);
    if (siblings) siblings.push(node);
    else children.set(above, [node]);
  }
  const below = (nodes: readonly NodeIndex[]): Activations | undefined =>
    costliestFunction(
      stacks,
      costs,
      nodes.flatMap((node) => children.get(node) ?? []),
    );
  const path: HotStep[] = [];
  let current = below([-1]);
  while (current) {
    const { func, nodes, total } = current;
    const own = nodes.reduce((sum, node) => sum + at(costs.self, node), 0);
    const callee = below(nodes);
    const next = callee && callee.total >= own ? callee : undefined;
    const lineCosts = new Map<number, number>();
    for (const node of next?.nodes ?? nodes) {
      const caller = next ? at(parent, node) : node;
      const line = stacks.frames[at(frame, caller)]?.line;
      const cost = at(next ? costs.total : costs.self, node);
      if (line !== undefined) lineCosts.set(line, (lineCosts.get(line) ?? 0) + cost);
    }
    const file = profile.functions[func]?.file;
    path.push({ func, file, line: costliestKey(lineCosts), total });
    current = next;
  }
  return path;
}

function costliestFunction(
  { nodes: { frame }, frames }: Stacks,
  { total }: StackCosts,
  nodes: readonly NodeIndex[],
): Activations | undefined {
  const byFunction = new Map<FunctionIndex, Activations>();
  for (const node of nodes) {
    const func = frames[at(frame, node)]?.func ?? -1;
    const known = byFunction.get(func);
    if (known) {
      known.nodes.push(node);
      known.total += at(total, node);
    } else byFunction.set(func, { func, nodes: [node], total: at(total, node) });
  }
  return greatest([...byFunction.values()], (each) => each.total);
}

function inCallGraph(profile: Profile, { stats, edges }: CallGraph): HotStep[] {
  const calls = new Map<FunctionIndex, CallEdge[]>();
  const called = new Set<FunctionIndex>();
  for (const edge of edges) {
    if (edge.caller === edge.callee) continue;
    called.add(edge.callee);
    const known = calls.get(edge.caller);
    if (known) known.push(edge);
    else calls.set(edge.caller, [edge]);
  }
  const all = [...stats.keys()];
  const roots = all.filter((func) => !called.has(func));
  const totalOf = (func: FunctionIndex): number => stats[func]?.total ?? 0;
  const lines = costliestLines(profile.lines);
  const path: HotStep[] = [];
  const seen = new Set<FunctionIndex>();
  // Where everything is called by something, as in a cut out part, the costliest begins.
  let func = greatest(roots.length > 0 ? roots : all, totalOf);
  let total = func === undefined ? 0 : totalOf(func);
  while (func !== undefined) {
    seen.add(func);
    path.push(stepOf(profile, func, total, lines));
    const callees: CallEdge[] = (calls.get(func) ?? []).filter(({ callee }) => !seen.has(callee));
    const next: CallEdge | undefined = greatest(callees, (edge) => edge.total ?? 0);
    const goesOn = next?.total !== undefined && next.total >= (stats[func]?.self ?? 0);
    func = goesOn ? next.callee : undefined;
    // What a function calls is told for all of its callers together.
    total = Math.min(total, next?.total ?? 0);
  }
  return path;
}

function inLineTimings(profile: Profile): HotStep[] {
  const totals = new Map<FunctionIndex, number>();
  for (const { func, total } of profile.lines) totals.set(func, (totals.get(func) ?? 0) + total);
  const [func, total] = greatest([...totals], ([, sum]) => sum) ?? [];
  if (func === undefined || total === undefined) return [];
  return [stepOf(profile, func, total, costliestLines(profile.lines))];
}

function stepOf(
  { functions }: Profile,
  func: FunctionIndex,
  total: number,
  lines: ReadonlyMap<FunctionIndex, ExactLine>,
): HotStep {
  const measured = lines.get(func);
  return { func, file: measured?.file ?? functions[func]?.file, line: measured?.line, total };
}

function costliestLines(lines: readonly ExactLine[]): Map<FunctionIndex, ExactLine> {
  const costliest = new Map<FunctionIndex, ExactLine>();
  for (const line of lines) {
    if ((costliest.get(line.func)?.total ?? -Infinity) < line.total) costliest.set(line.func, line);
  }
  return costliest;
}

function costliestKey(costs: ReadonlyMap<number, number>): number | undefined {
  return greatest([...costs], ([, cost]) => cost)?.[0];
}

/** The first of those that have the greatest value. */
function greatest<T>(items: readonly T[], value: (item: T) => number): T | undefined {
  let best: T | undefined;
  for (const item of items) {
    if (best === undefined || value(item) > value(best)) best = item;
  }
  return best;
}
