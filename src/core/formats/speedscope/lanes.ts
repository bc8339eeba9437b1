import type { FrameIndex, Lane, NodeIndex, StackNodes, Unit } from '../../model/profile';
import { StackTree, noNode } from '../../model/stackTree';
import type { JsonObject } from '../encoding/json';
import { damaged } from '../failures';
import { array, number, object, text } from './document';

/** Units of the format: what they are in the model, and how many make one of it. */
const units = new Map<string, { readonly unit: Unit; readonly perUnit: number }>([
  ['none', { unit: 'samples', perUnit: 1 }],
  ['nanoseconds', { unit: 'seconds', perUnit: 1e9 }],
  ['microseconds', { unit: 'seconds', perUnit: 1e6 }],
  ['milliseconds', { unit: 'seconds', perUnit: 1e3 }],
  ['seconds', { unit: 'seconds', perUnit: 1 }],
  ['bytes', { unit: 'bytes', perUnit: 1 }],
]);

/** Turns the profiles of a document into lanes over one tree of stacks. */
export class LaneReader {
  readonly #tree = new StackTree();
  readonly #frameCount: number;
  readonly #hasCalls: boolean;

  /**
   * @param frameCount number of frames that the document shares
   * @param hasCalls whether events are calls, and not samples that their writer merged
   */
  constructor(frameCount: number, hasCalls: boolean) {
    this.#frameCount = frameCount;
    this.#hasCalls = hasCalls;
  }

  read(profile: JsonObject): Lane {
    const type = profile['type'];
    const known = units.get(text(profile['unit']));
    if (!known) throw damaged('speedscope', 'a unit is unknown');
    const name = typeof profile['name'] === 'string' ? profile['name'] : '';
    if (type !== 'sampled' && type !== 'evented') {
      throw damaged('speedscope', 'a profile is neither sampled nor evented');
    }
    const costs = type === 'sampled' ? this.#readSamples(profile) : this.#readEvents(profile);
    return {
      name,
      kind: this.#hasCalls ? type : 'sampled',
      unit: known.unit,
      timeOrdered: true,
      samples: Int32Array.from(costs.samples),
      weights: Float64Array.from(costs.weights, (weight) => weight / known.perUnit),
    };
  }

  nodes(): StackNodes {
    return this.#tree.nodes();
  }

  #readSamples(profile: JsonObject): Costs {
    const stacks = array(profile['samples']);
    const weights = array(profile['weights']).map(positive);
    if (stacks.length !== weights.length) {
      throw damaged('speedscope', 'samples and weights differ in number');
    }
    return { samples: stacks.map((stack) => this.#tree.nodeOf(this.#framesOf(stack))), weights };
  }

  #framesOf(value: unknown): readonly FrameIndex[] {
    const stack = array(value);
    for (const frame of stack) this.#frame(frame);
    return stack as readonly FrameIndex[];
  }

  /** What passes between two events is the cost of the one that is innermost. */
  #readEvents(profile: JsonObject): Costs {
    const costs: Costs = { samples: [], weights: [] };
    const stack: number[] = [];
    let now = number(profile['startValue']);
    const pass = (until: number): void => {
      if (until < now) throw damaged('speedscope', 'events are not in the order of time');
      if (until > now) {
        costs.samples.push(stack.at(-1) ?? noNode);
        costs.weights.push(until - now);
      }
      now = until;
    };
    for (const value of array(profile['events'])) {
      const event = object(value);
      const frame = this.#frame(event['frame']);
      pass(number(event['at']));
      if (event['type'] === 'O') stack.push(this.#open(stack.at(-1) ?? noNode, frame));
      else if (event['type'] === 'C') this.#close(stack, frame);
      else throw damaged('speedscope', 'an event neither opens nor closes a frame');
    }
    if (stack.length > 0) pass(Math.max(now, number(profile['endValue'])));
    return costs;
  }

  #open(parent: NodeIndex, frame: FrameIndex): NodeIndex {
    return this.#hasCalls ? this.#tree.add(parent, frame) : this.#tree.child(parent, frame);
  }

  /** Closes the innermost call of the frame, and those within it that were left open. */
  #close(stack: number[], frame: number): void {
    const open = stack.findLastIndex((node) => this.#tree.frameOf(node) === frame);
    if (open < 0) throw damaged('speedscope', 'a frame is closed that is not open');
    stack.length = open;
  }

  #frame(value: unknown): FrameIndex {
    const index = number(value);
    if (!Number.isInteger(index) || index < 0 || index >= this.#frameCount) {
      throw damaged('speedscope', 'a frame is missing');
    }
    return index;
  }
}

interface Costs {
  readonly samples: number[];
  readonly weights: number[];
}

function positive(value: unknown): number {
  const weight = number(value);
  if (weight < 0) throw damaged('speedscope', 'a weight is negative');
  return weight;
}
