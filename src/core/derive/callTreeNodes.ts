/** How far a call tree is unrolled. */
export interface TreeLimits {
  /** Share of the profile's total (0 to 1) below which a branch of a tree that is too large is cut off. */
  readonly minimumShare: number;
  /** The most nodes a tree has. */
  readonly maximumNodes: number;
}

/** The defaults of the settings `hotline.callTree.*`. */
export const DEFAULT_LIMITS: TreeLimits = { minimumShare: 0.001, maximumNodes: 50_000 };

/** A node whose weight was divided among callers in proportion, because the profile does not tell it. */
export const APPORTIONED = 1;

/** A node without a function that holds the weight of the branches that were cut off from its parent. */
export const CUT_OFF = 2;

/** What people read in place of the function of a `CUT_OFF` node. */
export const CUT_OFF_NAME = '[smaller branches, without their callers]';

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
