import type { Lane, NodeIndex, StackNodes } from '../model/profile';
import { EventTrack } from './eventTrack';
import { at } from '../model/typedArrays';
import type { SpeedscopeProfile, SpeedscopeUnit } from './speedscopeFile';

/** A lane of real stacks as speedscope shows it, with the frames of the stacks by their index. */
export function laneProfile(
  nodes: StackNodes,
  lane: Lane,
  name: string,
  unit: SpeedscopeUnit,
): SpeedscopeProfile {
  return lane.kind === 'sampled'
    ? sampledProfile(nodes, lane, name, unit)
    : eventedProfile(nodes, lane, name, unit);
}

function sampledProfile(
  nodes: StackNodes,
  lane: Lane,
  name: string,
  unit: SpeedscopeUnit,
): SpeedscopeProfile {
  const stacks = new Map<NodeIndex, number[]>();
  const stackOf = (leaf: NodeIndex): number[] => {
    let stack = stacks.get(leaf);
    if (!stack) {
      stack = pathTo(nodes.parent, leaf).map((node) => at(nodes.frame, node));
      stacks.set(leaf, stack);
    }
    return stack;
  };
  return {
    type: 'sampled',
    name,
    unit,
    startValue: 0,
    endValue: lane.weights.reduce((sum, weight) => sum + weight, 0),
    samples: Array.from(lane.samples, stackOf),
    weights: Array.from(lane.weights),
  };
}

/** Every call is a node, so a call that goes on from one sample to the next stays open. */
function eventedProfile(
  nodes: StackNodes,
  lane: Lane,
  name: string,
  unit: SpeedscopeUnit,
): SpeedscopeProfile {
  const track = new EventTrack();
  const open: NodeIndex[] = [];
  const depthOf = new Map<NodeIndex, number>();
  const closeDownTo = (depth: number): void => {
    for (const node of open.splice(depth).reverse()) {
      track.close(at(nodes.frame, node));
      depthOf.delete(node);
    }
  };
  const moveTo = (leaf: NodeIndex): void => {
    const opening = pathTo(nodes.parent, leaf, depthOf);
    const [first] = opening;
    const lastOpen = first === undefined ? leaf : at(nodes.parent, first);
    closeDownTo((depthOf.get(lastOpen) ?? -1) + 1);
    for (const node of opening) {
      track.open(at(nodes.frame, node));
      depthOf.set(node, open.push(node) - 1);
    }
  };
  for (const [index, leaf] of lane.samples.entries()) {
    moveTo(leaf);
    track.pass(at(lane.weights, index));
  }
  moveTo(-1);
  return { type: 'evented', name, unit, startValue: 0, endValue: track.end, events: track.events };
}

/** Nodes from the root to a leaf, or from below the last one that is open; none for -1. */
function pathTo(
  parent: Int32Array,
  leaf: NodeIndex,
  isOpen: ReadonlyMap<NodeIndex, number> = new Map(),
): NodeIndex[] {
  const path: NodeIndex[] = [];
  for (let node = leaf; node >= 0 && !isOpen.has(node); node = at(parent, node)) path.push(node);
  return path.reverse();
}
