import { groupBy } from '../model/groups';
import type { CallEdge, CallGraph } from '../model/profile';
import { firstIndexes } from '../model/typedArrays';
import { lossIf } from './losses';
import type { Loss } from './writer';

/** An edge with its costs, divided among the callers where the profile does not tell them. */
export interface CostedEdge extends CallEdge {
  readonly self: number;
  readonly total: number;
  /** Whether the profile tells the number of calls and no cost. */
  readonly countsOnly: boolean;
}

/**
 * Gives every edge its costs: what is unknown is divided among a function's callers as their known
 * total costs are, else as their calls are.
 * @returns edges by callee, parallel to the graph's functions
 */
export function edgesByCallee({ stats, edges }: CallGraph): CostedEdge[][] {
  const callees = Int32Array.from(edges, ({ callee }) => callee);
  const { start, items } = groupBy(firstIndexes(edges.length), callees, stats.length);
  return stats.map((own, callee) => {
    const incoming = [...items.subarray(start[callee], start[callee + 1])].flatMap(
      (index) => edges[index] ?? [],
    );
    const weights = weightsOf(incoming);
    return incoming.map((edge, nth) => ({
      ...edge,
      countsOnly: isCountOnly(edge),
      self: edge.self ?? own.self * (weights[nth] ?? 0),
      total: edge.total ?? own.total * (weights[nth] ?? 0),
    }));
  });
}

/** What share of a function's costs each of its callers has. */
function weightsOf(incoming: readonly CallEdge[]): number[] {
  const weightOf = incoming.every(({ total }) => total !== undefined)
    ? ({ total = 0 }: CallEdge): number => total
    : ({ calls = 1 }: CallEdge): number => calls;
  const sum = incoming.reduce((all, edge) => all + weightOf(edge), 0);
  return incoming.map((edge) => (sum > 0 ? weightOf(edge) / sum : 0));
}

/** Whether a profiler counted the calls and did not time them, as Python's `profile` module does. */
export function isCountOnly({ self, total }: CallEdge): boolean {
  return self === undefined && total === undefined;
}

/** What is lost where costs of calls had to be divided. */
export function divisionLosses(isDivided: boolean): Loss[] {
  return lossIf(
    isDivided,
    'callers',
    'The profile does not tell what a function cost each of its callers: its cost is divided among them in proportion.',
  );
}
