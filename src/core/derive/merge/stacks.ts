import type { FrameTable } from '../../model/frameTable';
import { NumberList } from '../../model/numberList';
import type { Lane, StackNodes, Stacks, Unit } from '../../model/profile';
import { noNode, StackTree } from '../../model/stackTree';
import { add, at } from '../../model/typedArrays';
import { heaviestFirst, walkTree } from '../treeWalk';

/**
 * Adds up stacks in one tree. Samples of one unit become one lane, in which each stack stands once
 * and the heaviest first; calls stay nodes of their own, so that they can be counted.
 */
export class MergedStacks {
  readonly #frames: FrameTable;
  readonly #tree = new StackTree();
  readonly #sampled = new Map<Unit, SummedSamples>();
  readonly #evented = new Map<Unit, CollectedEvents>();

  /** @param frames of the merged profile */
  constructor(frames: FrameTable) {
    this.#frames = frames;
  }

  /** @param functions index in the merged profile of each function of the stacks' profile */
  add(stacks: Stacks, functions: Int32Array): void {
    const nodes = this.#addNodes(stacks, functions);
    for (const lane of stacks.lanes) {
      const merged =
        lane.kind === 'sampled'
          ? laneOf(this.#sampled, lane.unit, () => new SummedSamples())
          : laneOf(this.#evented, lane.unit, () => new CollectedEvents());
      for (const [index, leaf] of lane.samples.entries()) {
        if (leaf < 0) continue;
        merged.add(at(nodes, leaf), at(lane.weights, index), countAt(lane, index));
      }
    }
  }

  /** @param unit of the merged profile, whose lane is shown first */
  finish(unit: Unit): Stacks {
    const nodes = this.#tree.nodes();
    const lanes = [
      ...[...this.#sampled].map(([own, samples]) => samples.toLane(own, nodes)),
      ...[...this.#evented].map(([own, events]) => events.toLane(own)),
    ];
    const activeLane = Math.max(
      0,
      lanes.findIndex((lane) => lane.unit === unit),
    );
    return { kind: 'stacks', frames: this.#frames.frames, nodes, lanes, activeLane };
  }

  /** The node in the merged tree of each node of the stacks. */
  #addNodes(stacks: Stacks, functions: Int32Array): Int32Array {
    const { parent, frame } = stacks.nodes;
    const frames = Int32Array.from(stacks.frames, ({ func, line }) =>
      this.#frames.indexOf(at(functions, func), line),
    );
    const isCall = callNodes(stacks);
    const merged = new Int32Array(parent.length);
    for (const [node, above] of parent.entries()) {
      const mergedParent = above < 0 ? noNode : at(merged, above);
      const mergedFrame = at(frames, at(frame, node));
      merged[node] =
        at(isCall, node) === 1
          ? this.#tree.add(mergedParent, mergedFrame)
          : this.#tree.child(mergedParent, mergedFrame);
    }
    return merged;
  }
}

function laneOf<T>(lanes: Map<Unit, T>, unit: Unit, make: () => T): T {
  const known = lanes.get(unit);
  if (known) return known;
  const lane = make();
  lanes.set(unit, lane);
  return lane;
}

/** Samples that an entry of a lane stands for; what a tool had summed up already does not tell it. */
function countAt({ counts, timeOrdered }: Lane, index: number): number {
  return counts ? at(counts, index) : Number(timeOrdered);
}

/** 1 for each node that is a call of its own: all of an evented lane's, which no sample is of. */
function callNodes({ nodes, lanes }: Stacks): Uint8Array {
  const { parent } = nodes;
  const isCall = new Uint8Array(parent.length);
  if (lanes.every(({ kind }) => kind === 'sampled')) return isCall;
  isCall.fill(1);
  for (const { kind, samples } of lanes) {
    if (kind !== 'sampled') continue;
    for (const leaf of samples) if (leaf >= 0) isCall[leaf] = 0;
  }
  for (let node = parent.length - 1; node >= 0; node -= 1) {
    if (at(isCall, node) === 0 && at(parent, node) >= 0) isCall[at(parent, node)] = 0;
  }
  return isCall;
}

/** Samples by the node that ran. */
class SummedSamples {
  readonly #weights = NumberList.float64();
  readonly #counts = NumberList.float64();

  add(node: number, weight: number, count: number): void {
    while (this.#weights.length <= node) {
      this.#weights.push(0);
      this.#counts.push(0);
    }
    this.#weights.set(node, this.#weights.at(node) + weight);
    this.#counts.set(node, this.#counts.at(node) + count);
  }

  toLane(unit: Unit, { parent }: StackNodes): Lane {
    const self = this.#weights.toArray();
    const samples = leavesByWeight(parent, self).filter(
      (node) => at(self, node) !== 0 || this.#countOf(node) > 0,
    );
    return {
      ...lane('sampled', unit),
      samples,
      weights: Float64Array.from(samples, (node) => at(self, node)),
      counts: Float64Array.from(samples, (node) => this.#countOf(node)),
    };
  }

  #countOf(node: number): number {
    return node < this.#counts.length ? this.#counts.at(node) : 0;
  }
}

/** Events as they came. */
class CollectedEvents {
  readonly #nodes = NumberList.int32();
  readonly #weights = NumberList.float64();

  add(node: number, weight: number): void {
    this.#nodes.push(node);
    this.#weights.push(weight);
  }

  toLane(unit: Unit): Lane {
    const samples = this.#nodes.toArray();
    return { ...lane('evented', unit), samples, weights: this.#weights.toArray() };
  }
}

function lane<K extends Lane['kind']>(
  kind: K,
  unit: Unit,
): Pick<Lane, 'name' | 'unit' | 'timeOrdered'> & { readonly kind: K } {
  return { name: '', kind, unit, timeOrdered: false };
}

/** All nodes of a tree depth first, the heaviest of siblings before the others. */
function leavesByWeight(parent: Int32Array, self: Float64Array): Int32Array {
  const total = new Float64Array(parent.length);
  total.set(self);
  for (let node = parent.length - 1; node >= 0; node -= 1) {
    if (at(parent, node) >= 0) add(total, at(parent, node), at(total, node));
  }
  const ordered = NumberList.int32();
  walkTree(heaviestFirst(parent, total), {
    enter: (node) => {
      ordered.push(node);
    },
    leave: () => undefined,
  });
  return ordered.toArray();
}
