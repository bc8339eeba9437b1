import type { CallEdge, FunctionIndex } from '../../model/profile';
import { cyclesOf } from './cycles';

/**
 * The inclusive cost of each function, which the format does not hold: its own with that of its
 * calls. Two rules keep recursion from counting twice: a function's calls of itself are left out, and
 * a function of a cycle costs no more than the whole cycle and the calls that leave it. Where
 * rounding made the calls that a function receives cost more than that, they are believed.
 */
export function inclusiveCosts(self: readonly number[], edges: readonly CallEdge[]): Float64Array {
  const count = self.length;
  const cycles = cyclesOf(count, edges);
  const own = Float64Array.from(self);
  const incoming = new Float64Array(count);
  const ofCycle = new Float64Array(count);
  const sizeOfCycle = new Int32Array(count);
  self.forEach((cost, index) => {
    add(ofCycle, cycles[index] ?? 0, cost);
    add(sizeOfCycle, cycles[index] ?? 0, 1);
  });
  for (const { caller, callee, total = 0 } of edges) {
    if (caller === callee) continue;
    add(own, caller, total);
    add(incoming, callee, total);
    if (cycles[caller] !== cycles[callee]) add(ofCycle, cycles[caller] ?? 0, total);
  }
  return own.map((cost, index) => {
    const cycle = cycles[index] ?? 0;
    if (sizeOfCycle[cycle] === 1) return Math.max(cost, incoming[index] ?? 0);
    return Math.min(cost, ofCycle[cycle] ?? 0);
  });
}

function add(array: Float64Array | Int32Array, index: FunctionIndex, value: number): void {
  array[index] = (array[index] ?? 0) + value;
}
