import type { NodeIndex } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import { isObject, jsonChecks, type JsonObject } from '../encoding/json';
import { damaged } from '../failures';
import { sampleWeight, type SampleWeight } from './samples';
import { sampledFrame } from './tables';

const { array, number, object } = jsonChecks('Tachyon');

/** A node of the page's tree, and the node of the profile that it is called from. */
interface Pending {
  readonly node: JsonObject;
  readonly parent: NodeIndex;
}

/** Reads the tree of stacks that a flame graph page holds. */
export class FlamegraphReader {
  readonly weight: SampleWeight;
  /** Samples in stacks that the page leaves out because they are rare. */
  leftOut = 0;
  readonly #builder: StacksBuilder;
  readonly #lane: LaneBuilder;
  readonly #strings: readonly unknown[];
  readonly #root: JsonObject;

  constructor(data: unknown, builder: StacksBuilder) {
    const root = object(data);
    const { stats } = root;
    this.weight = sampleWeight(isObject(stats) ? stats['sample_interval_usec'] : undefined);
    this.#root = root;
    this.#strings = array(root['strings'] ?? []);
    this.#builder = builder;
    const { unit } = this.weight;
    this.#lane = builder.lane({ name: threadsOf(root), kind: 'sampled', unit, timeOrdered: false });
  }

  /** @throws ProfileError where the tree is damaged */
  readAll(): void {
    const pending: Pending[] = [{ node: this.#root, parent: noNode }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const node = this.#read(next);
      for (const child of array(next.node['children'] ?? [])) {
        pending.push({ node: object(child), parent: node });
      }
    }
  }

  /** Adds a node and its own samples; the root is a frame only where it is the one root of all stacks. */
  #read({ node, parent }: Pending): NodeIndex {
    const leaf = node['funcname'] === undefined ? parent : this.#addFrame(node, parent);
    const children = array(node['children'] ?? []).map((child) => number(object(child)['value']));
    const rest = children.reduce((left, value) => left - value, number(node['value']));
    const self = node['self'] === undefined && leaf !== noNode ? rest : number(node['self'] ?? 0);
    if (self < 0 || rest < self)
      throw damaged('Tachyon', 'a call has more samples than its caller');
    this.#addSamples(leaf, self);
    this.leftOut += rest - self;
    if (rest > self) this.#addSamples(this.#leftOutNode(leaf), rest - self);
    return leaf;
  }

  #addFrame(node: JsonObject, parent: NodeIndex): NodeIndex {
    const name = this.#text(node['funcname']);
    const frame = sampledFrame(
      this.#builder,
      name,
      this.#text(node['filename']),
      number(node['lineno']),
    );
    return this.#builder.tree.child(parent, frame);
  }

  #leftOutNode(parent: NodeIndex): NodeIndex {
    const frame = this.#builder.frame('(left out)', undefined, undefined, undefined);
    return this.#builder.tree.child(parent, frame);
  }

  #addSamples(node: NodeIndex, samples: number): void {
    if (samples > 0) this.#lane.add(node, samples * this.weight.each);
  }

  /** A text, which is an index into the page's strings, in early versions the text itself. */
  #text(value: unknown): string {
    const text = typeof value === 'number' ? this.#strings[value] : value;
    if (typeof text !== 'string') throw damaged('Tachyon', 'a name is missing');
    return text;
  }
}

function threadsOf({ threads }: JsonObject): string {
  return Array.isArray(threads) && threads.length === 1 ? `Thread ${threads[0]}` : 'All threads';
}
