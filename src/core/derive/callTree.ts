import type { CallGraph } from '../model/profile';
import { callFlow } from './callFlow';
import { CallTreeBuilder } from './callTreeBuilder';
import { DEFAULT_LIMITS, type CallTree, type TreeLimits } from './callTreeNodes';

export { APPORTIONED, CUT_OFF, CUT_OFF_NAME, DEFAULT_LIMITS } from './callTreeNodes';
export type { CallTree, TreeLimits } from './callTreeNodes';

/**
 * Estimates the call tree behind a call graph, which has no stacks: on each path from a root, the
 * cost of a node is divided among its callees in the proportions of the whole graph (see
 * `callFlow`, also for recursion). Two laws hold:
 *
 * - the roots' total is the profile's total, always;
 * - the self cost of a function, added up over its nodes, is the function's self cost, unless
 *   `maximumNodes` is too few for that.
 *
 * A real request has thousands of millions of paths, most of them short, so that branches below
 * `minimumShare` together can be half of its cost. To leave that to the callers' self costs would
 * break the second law and show library calls as slow code of the caller. So what is cut off from a
 * node stays below it in one `CUT_OFF` node, and there each function of the cut-off branches has one
 * node for its self cost, whoever called it. Only where the nodes run out is the rest of it self
 * cost of the `CUT_OFF` node. A tree that fits into `maximumNodes` is not cut at all.
 */
export function estimateCallTree(graph: CallGraph, limits: TreeLimits = DEFAULT_LIMITS): CallTree {
  return new CallTreeBuilder(callFlow(graph), limits).build();
}
