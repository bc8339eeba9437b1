import type { FrameIndex, NodeIndex, Unit } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import { damaged, tooMany } from '../failures';
import type { TachyonCursor } from './cursor';

/** How a record tells its stack: as the last one of the thread, anew, or by what changed of it. */
const encoding = { repeat: 0, full: 1, suffix: 2, popPush: 3 } as const;

/** Bit of a sample's status. */
const isMainThread = 32;

const mostThreads = 10_000;

/** What a sample counts. */
export interface SampleWeight {
  readonly unit: Unit;
  readonly each: number;
}

interface Thread {
  readonly lane: LaneBuilder;
  /** Nodes of the last stack, from the root. */
  readonly path: NodeIndex[];
}

/** Reads the records of a recording. */
export class SampleRecords {
  readonly #cursor: TachyonCursor;
  readonly #frames: readonly FrameIndex[];
  readonly #builder: StacksBuilder;
  readonly #weight: SampleWeight;
  readonly #threads = new Map<string, Thread>();

  constructor(
    cursor: TachyonCursor,
    frames: readonly FrameIndex[],
    builder: StacksBuilder,
    weight: SampleWeight,
  ) {
    this.#cursor = cursor;
    this.#frames = frames;
    this.#builder = builder;
    this.#weight = weight;
  }

  /** @throws ProfileError where a record is damaged */
  readAll(): void {
    while (!this.#cursor.isAtEnd) this.#read();
  }

  #read(): void {
    const cursor = this.#cursor;
    const [threadId, interpreter, kind] = [cursor.uint64(), cursor.uint32(), cursor.byte()];
    const repeats = kind === encoding.repeat ? cursor.varint() : 1;
    for (let left = repeats; left > 0; left--) {
      // When it was taken, in microseconds after the one before.
      cursor.varint();
      const status = cursor.byte();
      const { lane, path } = this.#threadOf(threadId, interpreter, status);
      this.#change(path, kind);
      lane.add(path.at(-1) ?? noNode, this.#weight.each);
    }
  }

  /** Makes the last stack the next one. New frames stand with the innermost first. */
  #change(path: NodeIndex[], kind: number): void {
    if (kind === encoding.repeat) return;
    const kept = this.#keptOf(path.length, kind);
    if (kept < 0 || kept > path.length) {
      throw damaged('Tachyon', 'a stack shares more than there is with the one before');
    }
    const added: FrameIndex[] = [];
    for (let left = this.#cursor.varint(); left > 0; left--) added.push(this.#frame());
    path.length = kept;
    for (const frame of added.reverse()) {
      path.push(this.#builder.tree.child(path.at(-1) ?? noNode, frame));
    }
  }

  /** How many of the outermost frames stay. */
  #keptOf(depth: number, kind: number): number {
    switch (kind) {
      case encoding.full:
        return 0;
      case encoding.suffix:
        return this.#cursor.varint();
      case encoding.popPush:
        return depth - this.#cursor.varint();
      default:
        throw damaged('Tachyon', `there is no record of kind ${kind}`);
    }
  }

  #frame(): FrameIndex {
    const index = this.#cursor.varint();
    const frame = this.#frames[index];
    if (frame === undefined) throw damaged('Tachyon', `frame ${index} is missing`);
    return frame;
  }

  #threadOf(id: bigint, interpreter: number, status: number): Thread {
    const key = `${interpreter} ${id}`;
    let thread = this.#threads.get(key);
    if (!thread) {
      if (this.#threads.size === mostThreads) throw tooMany(mostThreads, 'threads');
      const main = (status & isMainThread) === 0 ? '' : ' (main)';
      const within = interpreter === 0 ? '' : `, interpreter ${interpreter}`;
      const name = `Thread ${id}${main}${within}`;
      const { unit } = this.#weight;
      const lane = this.#builder.lane({ name, kind: 'sampled', unit, timeOrdered: true });
      thread = { lane, path: [] };
      this.#threads.set(key, thread);
    }
    return thread;
  }
}

/** Samples as time, where the interval (in microseconds) between them is known. */
export function sampleWeight(interval: unknown): SampleWeight {
  const isKnown = typeof interval === 'number' && interval > 0 && interval < 1e12;
  return isKnown ? { unit: 'seconds', each: interval / 1e6 } : { unit: 'samples', each: 1 };
}
