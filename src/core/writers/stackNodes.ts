import { StackTree } from '../model/stackTree';
import type { Lane, Profile, StackNodes, Stacks } from '../model/profile';
import type { StacksProfile } from '../derive/profileStacks';
import { at } from '../model/typedArrays';
import { printable } from '../text';

/** Nodes of which no two of one parent have the same key. */
export interface MergedNodes {
  /** The keys stand in `frame`. */
  readonly nodes: StackNodes;
  /** Per node that was merged: the node that it is now. */
  readonly indexOf: Int32Array;
}

/**
 * Makes one of nodes that a target does not tell apart.
 * @param keyOf what the target tells a frame by
 */
export function mergeNodes({ nodes }: Stacks, keyOf: (frame: number) => number): MergedNodes {
  const tree = new StackTree();
  const indexOf = new Int32Array(nodes.parent.length);
  for (const [node, above] of nodes.parent.entries()) {
    const parent = above < 0 ? above : at(indexOf, above);
    indexOf[node] = tree.child(parent, keyOf(at(nodes.frame, node)));
  }
  return { nodes: tree.nodes(), indexOf };
}

/** A thread or process whose samples are exported. */
export interface ExportedLane {
  readonly lane: Lane;
  /** `undefined` where there is one lane only, which needs no name. */
  readonly name: string | undefined;
}

/** The lanes that are measured in the profile's unit. */
export function exportedLanes({ data, unit }: StacksProfile): ExportedLane[] {
  const lanes = data.lanes.filter((lane) => lane.unit === unit);
  return lanes.map((lane, index) => ({
    lane,
    name: lanes.length > 1 ? printable(lane.name) || `thread ${index + 1}` : undefined,
  }));
}

/** The own cost of each node in one lane, the nodes in the order of their first sample. */
export function costsByNode(lane: Lane, indexOf: Int32Array): Map<number, number> {
  const costs = new Map<number, number>();
  for (const [sample, leaf] of lane.samples.entries()) {
    if (leaf < 0) continue;
    const node = at(indexOf, leaf);
    costs.set(node, (costs.get(node) ?? 0) + at(lane.weights, sample));
  }
  return costs;
}

/** All costs that a target of merged samples writes. */
export function* sampleCosts({ data, unit }: StacksProfile): Iterable<number> {
  const none = Int32Array.from(data.nodes.parent.keys());
  for (const lane of data.lanes) if (lane.unit === unit) yield* costsByNode(lane, none).values();
}

/** The frames of a stack, from its innermost one to the root. */
export function* stackOf({ parent, frame }: StackNodes, leaf: number): Iterable<number> {
  for (let node = leaf; node >= 0; node = at(parent, node)) yield at(frame, node);
}

/** Whether a profile's frames know the lines that ran. */
export function hasExecutingLines({ data }: Pick<Profile, 'data'>): boolean {
  return data.kind === 'stacks' && data.frames.some(({ line }) => line !== undefined);
}
