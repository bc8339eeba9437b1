import { FrameTable } from '../../model/frameTable';
import { NumberList } from '../../model/numberList';
import type { FrameIndex, NodeIndex } from '../../model/profile';
import { StackTree } from '../../model/stackTree';
import type { FrameText } from '../encoding/frameText';
import { maximumFrames } from '../encoding/textTable';
import { tooMany } from '../failures';

/** The thread of a sample, by the names that the recording gives. */
export interface ThreadIdentity {
  readonly process: string | undefined;
  /** Number of the interpreter within the process; the first is 0. */
  readonly interpreter: string;
  readonly thread: string;
}

/** What austin tells of a thread at a time. */
export interface Sample {
  /** Index of a thread that was added. */
  readonly thread: number;
  /** What ran, or `noNode`. */
  readonly node: NodeIndex;
  /** Microseconds since the sample before. */
  readonly time: number;
  /** Bytes that the process took since the sample before, negative where it gave some back. */
  readonly memory: number;
  readonly isIdle: boolean;
  /** Whether the garbage collector ran. */
  readonly isCollecting: boolean;
}

/** What a recording was made for, as `--memory`, `--sleepless` (or `--cpu`) and `--full` choose it. */
export type Mode = 'wall' | 'cpu' | 'memory' | 'full';

/** Collects the samples of a recording, text or binary, in the order of time. */
export class Recording {
  readonly tree = new StackTree();
  readonly frames = new FrameTable();
  readonly threads: ThreadIdentity[] = [];
  readonly #threads = NumberList.int32();
  readonly #nodes = NumberList.int32();
  readonly #times = NumberList.float64();
  readonly #memory = NumberList.float64();
  /** Bit 0 for idle, bit 1 for the garbage collector. */
  readonly #flags = NumberList.int32();

  get length(): number {
    return this.#nodes.length;
  }

  /**
   * Index of a function at its executing line.
   * @throws ProfileError where there are too many
   */
  frame({ name, file, line }: FrameText): FrameIndex {
    if (this.frames.frames.length > maximumFrames)
      throw tooMany(maximumFrames, 'functions and lines');
    return this.frames.indexOf(this.frames.functions.indexOf(name, file, undefined), line);
  }

  add({ thread, node, time, memory, isIdle, isCollecting }: Sample): void {
    this.#threads.push(thread);
    this.#nodes.push(node);
    this.#times.push(time);
    this.#memory.push(memory);
    this.#flags.push(Number(isIdle) + 2 * Number(isCollecting));
  }

  *samples(): Generator<Sample> {
    for (let index = 0; index < this.length; index++) {
      const flags = this.#flags.at(index);
      yield {
        thread: this.#threads.at(index),
        node: this.#nodes.at(index),
        time: this.#times.at(index),
        memory: this.#memory.at(index),
        isIdle: (flags & 1) !== 0,
        isCollecting: (flags & 2) !== 0,
      };
    }
  }
}
