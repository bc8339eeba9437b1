import type { Lane, Profile, Stacks } from '../model/profile';
import { add, at } from '../model/typedArrays';
import { inOrder, walkTree } from './treeWalk';

/** Costs of the nodes of a profile's stacks, over all lanes in the profile's unit. Parallel to `Stacks.nodes`. */
export interface StackCosts {
  /** Cost of the samples whose leaf the node is. */
  readonly self: Float64Array;
  /** Cost of the samples with the node anywhere on the stack. */
  readonly total: Float64Array;
  /**
   * Number of samples of sampled lanes with the node anywhere on the stack. Where samples of one stack
   * were added up and their number is not told, they are left out.
   */
  readonly samples: Float64Array;
  /** 1 for each call that an evented lane recorded. */
  readonly calls: Uint8Array;
}

/** Adds up what each node of a profile's stacks costs. */
export function stackCosts(profile: Profile, stacks: Stacks): StackCosts {
  const { parent } = stacks.nodes;
  const lanes = stacks.lanes.filter(({ unit }) => unit === profile.unit);
  const self = new Float64Array(parent.length);
  const samples = new Float64Array(parent.length);
  const entries = new Float64Array(parent.length);
  for (const lane of lanes) addLane(lane, self, samples, entries);
  const total = self.slice();
  for (let node = parent.length - 1; node >= 0; node -= 1) {
    const above = at(parent, node);
    if (above < 0) continue;
    add(total, above, at(total, node));
    add(samples, above, at(samples, node));
    add(entries, above, at(entries, node));
  }
  return { self, total, samples, calls: callsOf(lanes, parent, entries) };
}

function addLane(
  { kind, unit, timeOrdered, samples: leaves, weights, counts }: Lane,
  self: Float64Array,
  samples: Float64Array,
  entries: Float64Array,
): void {
  for (const [index, leaf] of leaves.entries()) {
    if (leaf < 0) continue;
    const weight = at(weights, index);
    add(self, leaf, weight);
    if (kind !== 'sampled') continue;
    add(entries, leaf, 1);
    if (unit === 'samples') add(samples, leaf, weight);
    else if (counts) add(samples, leaf, at(counts, index));
    else if (timeOrdered) add(samples, leaf, 1);
  }
}

/** A call may be too short to have a sample of its own, so all nodes count that no sampled lane uses. */
function callsOf(lanes: readonly Lane[], parent: Int32Array, entries: Float64Array): Uint8Array {
  const isTraced = lanes.some(({ kind }) => kind === 'evented');
  return Uint8Array.from(parent, (_, node) => Number(isTraced && at(entries, node) === 0));
}

/**
 * Finds the nodes with no node of the same key above them: adding up their costs counts a recursion
 * once.
 *
 * @param keys per node a small integer; a negative one belongs to no group
 * @returns 1 for an outermost node
 */
export function outermostNodes(parent: Int32Array, keys: Int32Array): Uint8Array {
  const outermost = new Uint8Array(parent.length);
  const depthOfKey = new Int32Array(
    keys.reduce((greatest, key) => Math.max(greatest, key), -1) + 1,
  );
  walkTree(inOrder(parent), {
    enter: (node) => {
      const key = at(keys, node);
      if (key < 0) return;
      outermost[node] = Number(at(depthOfKey, key) === 0);
      add(depthOfKey, key, 1);
    },
    leave: (node) => {
      const key = at(keys, node);
      if (key >= 0) add(depthOfKey, key, -1);
    },
  });
  return outermost;
}
