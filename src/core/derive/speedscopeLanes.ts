import type { Lane, NodeIndex, StackNodes } from '../model/profile';
import { EventTrack } from './eventTrack';
import { at } from './numbers';
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
  let open: NodeIndex[] = [];
  const moveTo = (path: NodeIndex[]): void => {
    let common = 0;
    while (common < open.length && open[common] === path[common]) common += 1;
    for (const node of open.slice(common).reverse()) track.close(at(nodes.frame, node));
    for (const node of path.slice(common)) track.open(at(nodes.frame, node));
    open = path;
  };
  for (const [index, leaf] of lane.samples.entries()) {
    moveTo(pathTo(nodes.parent, leaf));
    track.pass(at(lane.weights, index));
  }
  moveTo([]);
  return { type: 'evented', name, unit, startValue: 0, endValue: track.end, events: track.events };
}

/** Nodes from the root to a leaf; empty for -1. */
function pathTo(parent: Int32Array, leaf: NodeIndex): NodeIndex[] {
  const path: NodeIndex[] = [];
  for (let node = leaf; node >= 0; node = at(parent, node)) path.push(node);
  return path.reverse();
}
