import { addKnown, EdgeTable } from '../../model/builder';
import type { CallGraph, FunctionStats } from '../../model/profile';
import { at } from '../../model/typedArrays';

/** Adds up call graphs as `pstats.Stats.add` does. */
export class MergedCallGraphs {
  /** Parallel to the functions of the merged profile. */
  readonly #stats: (FunctionStats | undefined)[] = [];
  readonly #edges = new EdgeTable();

  /** @param functions index in the merged profile of each function of the graph */
  add({ stats, edges }: CallGraph, functions: Int32Array): void {
    for (const [func, own] of stats.entries()) {
      const index = at(functions, func);
      const known = this.#stats[index];
      this.#stats[index] = known ? sumOf(known, own) : own;
    }
    for (const edge of edges) {
      this.#edges.add({
        ...edge,
        caller: at(functions, edge.caller),
        callee: at(functions, edge.callee),
      });
    }
  }

  finish(): CallGraph {
    const stats = this.#stats.filter((known) => known !== undefined);
    return { kind: 'callGraph', stats, edges: this.#edges.toArray() };
  }
}

function sumOf(a: FunctionStats, b: FunctionStats): FunctionStats {
  if (isOnlyCaller(a) && b.calls !== undefined) return b;
  if (isOnlyCaller(b) && a.calls !== undefined) return a;
  return {
    calls: addKnown(a.calls, b.calls),
    primitiveCalls: addKnown(a.primitiveCalls, b.primitiveCalls),
    self: a.self + b.self,
    total: a.total + b.total,
  };
}

/** Whether a file names the function as a caller and has no row of it: there is nothing to add. */
function isOnlyCaller({ calls, self }: FunctionStats): boolean {
  return calls === undefined && self === 0;
}
