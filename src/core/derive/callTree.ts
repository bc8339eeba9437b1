import type { CallGraph } from '../model/profile';
import { callFlow } from './callFlow';
import { CallTreeBuilder } from './callTreeBuilder';

/** How far a call tree is unrolled. */
export interface TreeLimits {
  /** Share of the profile's total (0 to 1) below which a branch of a tree that is too large is cut off. */
  readonly minimumShare: number;
  /** The most nodes a tree has. */
  readonly maximumNodes: number;
}

export const DEFAULT_LIMITS: TreeLimits = { minimumShare: 0.001, maximumNodes: 50_000 };

/** A node whose weight was divided among callers in proportion, because the profile does not tell it. */
export const APPORTIONED = 1;

/** A node without a function that holds the weight of the branches that were cut off from its parent. */
export const CUT_OFF = 2;

/** Nodes of an estimated call tree as parallel arrays. A parent precedes its children. */
export interface CallTree {
  /** Index of the parent node, -1 for a root. */
  readonly parent: Int32Array;
  /** Index of the function, -1 for a `CUT_OFF` node. */
  readonly func: Int32Array;
  /** Cost in the node itself. Of a `CUT_OFF` node: of functions that got no node of their own. */
  readonly self: Float64Array;
  /** Cost of the node and all below it. */
  readonly total: Float64Array;
  /** `APPORTIONED` and `CUT_OFF`. */
  readonly flags: Uint8Array;
}

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
