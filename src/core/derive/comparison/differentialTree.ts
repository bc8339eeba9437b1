import type { Profile } from '../../model/profile';
import { StackTree } from '../../model/stackTree';
import { add, at } from '../../model/typedArrays';
import { estimateCallTree, type TreeLimits } from '../callTree';
import { stackCosts } from '../stackCosts';
import type { DifferentialTree, TreeCosts } from './comparison';
import type { CollectedSide } from './sideCollector';

/** The call tree of one side. Parents precede their children. */
interface SideTree {
  readonly parent: Int32Array;
  /** Per node: index into the functions of the side's profile, -1 for what was cut off. */
  readonly func: Int32Array;
  /** Own cost of all requests together. */
  readonly self: Float64Array;
  readonly flags: Uint8Array;
}

/** A side, and which function of the comparison each function of its profile is. */
export interface NumberedSide {
  readonly side: CollectedSide;
  readonly functionOf: Int32Array;
}

/**
 * Lays the call trees of two sides over one another: calls of the same functions on the same path are
 * one node. The tree of a call graph is the estimated one (`estimateCallTree`).
 *
 * @returns `undefined` where a side has no calls
 */
export function differentialTree(
  before: NumberedSide,
  after: NumberedSide,
  limits: TreeLimits,
): DifferentialTree | undefined {
  const ofBefore = treeOf(before.side.profile, limits);
  const ofAfter = treeOf(after.side.profile, limits);
  if (!ofBefore || !ofAfter) return undefined;
  const union = new StackTree();
  const nodesBefore = addNodes(union, ofBefore, before.functionOf);
  const nodesAfter = addNodes(union, ofAfter, after.functionOf);
  const { parent, frame: keys } = union.nodes();
  const flags = new Uint8Array(parent.length);
  addFlags(flags, nodesBefore, ofBefore);
  addFlags(flags, nodesAfter, ofAfter);
  return {
    parent,
    func: keys.map((key) => key - 1),
    flags,
    before: costsOf(parent, nodesBefore, ofBefore, before.side.totals.length),
    after: costsOf(parent, nodesAfter, ofAfter, after.side.totals.length),
  };
}

function treeOf(profile: Profile, limits: TreeLimits): SideTree | undefined {
  const { data } = profile;
  switch (data.kind) {
    case 'callGraph':
      return estimateCallTree(data, limits);
    case 'stacks': {
      const { parent, frame } = data.nodes;
      return {
        parent,
        func: frame.map((index) => data.frames[index]?.func ?? -1),
        self: stackCosts(profile, data).self,
        flags: new Uint8Array(parent.length),
      };
    }
    case 'lineTimings':
    case 'timeline':
      return undefined;
  }
}

/** Adds the nodes of a side, and returns which node each became; keys are functions plus one. */
function addNodes(
  union: StackTree,
  { parent, func }: SideTree,
  functionOf: Int32Array,
): Int32Array {
  const nodes = new Int32Array(parent.length);
  for (const [node, above] of parent.entries()) {
    const own = at(func, node);
    const key = own < 0 ? 0 : at(functionOf, own) + 1;
    nodes[node] = union.child(above < 0 ? above : at(nodes, above), key);
  }
  return nodes;
}

function addFlags(flags: Uint8Array, nodes: Int32Array, tree: SideTree): void {
  for (const [node, own] of tree.flags.entries()) {
    const union = at(nodes, node);
    flags[union] = at(flags, union) | own;
  }
}

/** Means of a side's costs by node of the union. */
function costsOf(
  parent: Int32Array,
  nodes: Int32Array,
  tree: SideTree,
  requests: number,
): TreeCosts {
  const self = new Float64Array(parent.length);
  for (const [node, cost] of tree.self.entries()) add(self, at(nodes, node), cost);
  for (const node of self.keys()) self[node] = at(self, node) / requests;
  const total = self.slice();
  for (let node = parent.length - 1; node >= 0; node -= 1) {
    const above = at(parent, node);
    if (above >= 0) add(total, above, at(total, node));
  }
  return { self, total };
}
