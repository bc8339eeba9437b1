import type { Lane, StackNodes, Unit } from '../../model/profile';
import { damaged } from '../failures';
import { array, number, object, text, type JsonObject } from './document';

/** Units of the format: what they are in the model, and how many make one of it. */
const units = new Map<string, { readonly unit: Unit; readonly perUnit: number }>([
  ['none', { unit: 'samples', perUnit: 1 }],
  ['nanoseconds', { unit: 'seconds', perUnit: 1e9 }],
  ['microseconds', { unit: 'seconds', perUnit: 1e6 }],
  ['milliseconds', { unit: 'seconds', perUnit: 1e3 }],
  ['seconds', { unit: 'seconds', perUnit: 1 }],
  ['bytes', { unit: 'bytes', perUnit: 1 }],
]);

/** Where nothing runs. */
const idle = -1;

/** Turns the profiles of a document into lanes over one tree of stacks. */
export class LaneReader {
  readonly #parents: number[] = [];
  readonly #frames: number[] = [];
  /** Shared nodes of sampled lanes, by parent and frame. */
  readonly #children = new Map<number, number>();
  readonly #frameCount: number;

  /** @param frameCount number of frames that the document shares */
  constructor(frameCount: number) {
    this.#frameCount = frameCount;
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
      kind: type,
      unit: known.unit,
      timeOrdered: true,
      samples: Int32Array.from(costs.samples),
      weights: Float64Array.from(costs.weights, (weight) => weight / known.perUnit),
    };
  }

  nodes(): StackNodes {
    return { parent: Int32Array.from(this.#parents), frame: Int32Array.from(this.#frames) };
  }

  #readSamples(profile: JsonObject): Costs {
    const stacks = array(profile['samples']);
    const weights = array(profile['weights']).map(positive);
    if (stacks.length !== weights.length) {
      throw damaged('speedscope', 'samples and weights differ in number');
    }
    const path: Path = { frames: [], nodes: [] };
    return { samples: stacks.map((stack) => this.#nodeOf(array(stack), path)), weights };
  }

  /**
   * The shared node of a stack, given from root to leaf.
   * @param path that of the sample before, which has most of its callers in common; becomes this one's
   */
  #nodeOf(stack: readonly unknown[], path: Path): number {
    let depth = 0;
    while (depth < stack.length && stack[depth] === path.frames[depth]) depth++;
    path.frames.length = path.nodes.length = depth;
    for (const value of stack.slice(depth)) {
      const frame = this.#frame(value);
      path.nodes.push(this.#child(path.nodes.at(-1) ?? idle, frame));
      path.frames.push(frame);
    }
    return path.nodes.at(-1) ?? idle;
  }

  #child(parent: number, frame: number): number {
    const key = (parent + 1) * this.#frameCount + frame;
    let child = this.#children.get(key);
    if (child === undefined) {
      child = this.#addNode(parent, frame);
      this.#children.set(key, child);
    }
    return child;
  }

  /** Each call is a node; what passes between two events is the cost of the one that is innermost. */
  #readEvents(profile: JsonObject): Costs {
    const costs: Costs = { samples: [], weights: [] };
    const stack: number[] = [];
    let now = number(profile['startValue']);
    const pass = (until: number): void => {
      if (until < now) throw damaged('speedscope', 'events are not in the order of time');
      if (until > now) {
        costs.samples.push(stack.at(-1) ?? idle);
        costs.weights.push(until - now);
      }
      now = until;
    };
    for (const value of array(profile['events'])) {
      const event = object(value);
      const frame = this.#frame(event['frame']);
      pass(number(event['at']));
      if (event['type'] === 'O') stack.push(this.#addNode(stack.at(-1) ?? idle, frame));
      else if (event['type'] === 'C') this.#close(stack, frame);
      else throw damaged('speedscope', 'an event neither opens nor closes a frame');
    }
    if (stack.length > 0) pass(Math.max(now, number(profile['endValue'])));
    return costs;
  }

  /** Closes the innermost call of the frame, and those within it that were left open. */
  #close(stack: number[], frame: number): void {
    const open = stack.findLastIndex((node) => this.#frames[node] === frame);
    if (open < 0) throw damaged('speedscope', 'a frame is closed that is not open');
    stack.length = open;
  }

  #addNode(parent: number, frame: number): number {
    this.#frames.push(frame);
    return this.#parents.push(parent) - 1;
  }

  #frame(value: unknown): number {
    const index = number(value);
    if (!Number.isInteger(index) || index < 0 || index >= this.#frameCount) {
      throw damaged('speedscope', 'a frame is missing');
    }
    return index;
  }
}

/** A stack from root to leaf, as frames and as nodes. */
interface Path {
  readonly frames: number[];
  readonly nodes: number[];
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
