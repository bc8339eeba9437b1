import type { CallEdge, CallGraph, Profile, Stacks } from '../model/profile';
import { add, at } from '../model/typedArrays';
import { functionTable } from './functionTable';
import { outermostNodes, stackCosts } from './stackCosts';

/**
 * Functions and who called whom, whatever the profile holds: of a call graph itself, of stacks what
 * cProfile would have counted, of line timings and timelines the functions alone. What no tool
 * measured apart (the self cost of line timings) counts as self cost.
 */
export function callGraphOf(profile: Profile): CallGraph {
  const { data } = profile;
  if (data.kind === 'callGraph') return data;
  const { rows } = functionTable(profile);
  return {
    kind: 'callGraph',
    stats: rows.map(({ calls, primitiveCalls, self, total }) => ({
      calls,
      primitiveCalls,
      self: self ?? total,
      total,
    })),
    edges: data.kind === 'stacks' ? edgesOfStacks(profile, data) : [],
  };
}

/** The edges that the nodes of a profile's stacks stand for. */
export interface StackEdges {
  /** Per node: index of its edge, -1 for a root. */
  readonly edgeOfNode: Int32Array;
  /** Caller and callee of each edge. */
  readonly pairs: readonly (readonly [caller: number, callee: number])[];
  /**
   * Per node: 1 where no node of the same edge is above it, so that a recursion's inclusive cost
   * counts once for each edge.
   */
  readonly outermost: Uint8Array;
}

/** Finds who calls whom in stacks. */
export function stackEdges({ nodes, frames }: Stacks): StackEdges {
  const numbers = new Map<number, Map<number, number>>();
  const pairs: [number, number][] = [];
  const funcOf = (node: number): number => frames[at(nodes.frame, node)]?.func ?? -1;
  const edgeOfNode = Int32Array.from(nodes.parent, (above, node) => {
    if (above < 0) return -1;
    const [caller, callee] = [funcOf(above), funcOf(node)];
    let byCallee = numbers.get(caller);
    if (!byCallee) numbers.set(caller, (byCallee = new Map<number, number>()));
    let number = byCallee.get(callee);
    if (number === undefined) byCallee.set(callee, (number = pairs.push([caller, callee]) - 1));
    return number;
  });
  return { edgeOfNode, pairs, outermost: outermostNodes(nodes.parent, edgeOfNode) };
}

function edgesOfStacks(profile: Profile, stacks: Stacks): CallEdge[] {
  const { edgeOfNode, pairs, outermost } = stackEdges(stacks);
  const costs = stackCosts(profile, stacks);
  const calls = new Float64Array(pairs.length);
  const primitiveCalls = new Float64Array(pairs.length);
  const self = new Float64Array(pairs.length);
  const total = new Float64Array(pairs.length);
  for (const [node, edge] of edgeOfNode.entries()) {
    if (edge < 0) continue;
    add(calls, edge, at(costs.calls, node));
    add(self, edge, at(costs.self, node));
    if (at(outermost, node) === 0) continue;
    add(primitiveCalls, edge, at(costs.calls, node));
    add(total, edge, at(costs.total, node));
  }
  return pairs.map(([caller, callee], edge) => ({
    caller,
    callee,
    calls: at(calls, edge) || undefined,
    primitiveCalls: at(calls, edge) > 0 ? at(primitiveCalls, edge) : undefined,
    self: at(self, edge),
    total: at(total, edge),
  }));
}
