import { walkDepthFirst } from './depthFirstWalk';
import { groupBy } from './groups';
import type { CallEdge } from './profile';
import { add, at, firstIndexes } from './typedArrays';

/** What of an edge the calculation needs. */
type CallCost = Pick<CallEdge, 'caller' | 'callee' | 'total'>;

/**
 * The inclusive cost of each function of a call graph that does not hold it, as callgrind's do not:
 * its own with that of its calls. Two rules keep recursion from counting twice: a function's calls of itself are left out, and
 * a function of a cycle costs no more than the whole cycle and the calls that leave it. Where
 * rounding made the calls that a function receives cost more than that, they are believed.
 */
export function inclusiveCosts(self: readonly number[], edges: readonly CallCost[]): Float64Array {
  const count = self.length;
  const cycles = cyclesOf(count, edges);
  const own = Float64Array.from(self);
  const incoming = new Float64Array(count);
  const ofCycle = new Float64Array(count);
  const sizeOfCycle = new Int32Array(count);
  self.forEach((cost, index) => {
    add(ofCycle, at(cycles, index), cost);
    add(sizeOfCycle, at(cycles, index), 1);
  });
  for (const { caller, callee, total = 0 } of edges) {
    if (caller === callee) continue;
    add(own, caller, total);
    add(incoming, callee, total);
    if (cycles[caller] !== cycles[callee]) add(ofCycle, at(cycles, caller), total);
  }
  return own.map((cost, index) => {
    const cycle = at(cycles, index);
    if (at(sizeOfCycle, cycle) === 1) return Math.max(cost, at(incoming, index));
    return Math.min(cost, at(ofCycle, cycle));
  });
}

/** Per function the number of its cycle, which functions that can reach one another share. */
function cyclesOf(count: number, edges: readonly CallCost[]): Int32Array {
  const callers = Int32Array.from(edges, ({ caller }) => caller);
  const callees = Int32Array.from(edges, ({ callee }) => callee);
  const { start, items } = groupBy(firstIndexes(edges.length), callers, count);
  const target = items.map((edge) => at(callees, edge));
  return walkDepthFirst({ start, target }, firstIndexes(count)).component;
}
