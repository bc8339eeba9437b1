import { groupBy } from './groups';
import { NumberList } from './numberList';
import type { Lane, NodeIndex, Unit } from './profile';
import { noNode } from './stackTree';
import { add, at, firstIndexes } from './typedArrays';

/** What the lanes of a list have in common. */
export interface LaneFacts {
  readonly unit: Unit;
  readonly timeOrdered: boolean;
}

/**
 * Collects samples of many lanes, such as threads, in the order of a file. All lanes share two
 * arrays in the end: a file may name a thread in each of its lines.
 */
export class SampleList {
  readonly #lanes = NumberList.int32();
  readonly #nodes = NumberList.int32();
  readonly #weights = NumberList.float64();

  /** @param node `noNode` where nothing ran */
  add(lane: number, node: NodeIndex, weight: number): void {
    this.#lanes.push(lane);
    this.#nodes.push(node);
    this.#weights.push(weight);
  }

  /**
   * The lanes, the costliest first, and the cost of all samples in which something ran.
   * @param names of the lanes in the order of their numbers; at least one
   */
  toLanes(names: readonly string[], facts: LaneFacts): { lanes: Lane[]; total: number } {
    const groups = groupBy(firstIndexes(this.#nodes.length), this.#lanes.toArray(), names.length);
    const samples = groups.items.map((sample) => this.#nodes.at(sample));
    const weights = Float64Array.from(groups.items, (sample) => this.#weights.at(sample));
    const costs = this.#costs(names.length);
    const order = [...names.keys()].sort((a, b) => at(costs, b) - at(costs, a));
    const lanes = order.map((lane): Lane => {
      const [start, end] = [at(groups.start, lane), at(groups.start, lane + 1)];
      return {
        name: names[lane] ?? '',
        kind: 'sampled',
        ...facts,
        samples: samples.subarray(start, end),
        weights: weights.subarray(start, end),
      };
    });
    return { lanes, total: costs.reduce((total, cost) => total + cost, 0) };
  }

  #costs(laneCount: number): Float64Array {
    const costs = new Float64Array(laneCount);
    for (let sample = 0; sample < this.#nodes.length; sample++) {
      if (this.#nodes.at(sample) === noNode) continue;
      add(costs, this.#lanes.at(sample), this.#weights.at(sample));
    }
    return costs;
  }
}
