import { NumberList } from '../../model/numberList';
import type { FrameIndex, NodeIndex } from '../../model/profile';
import { noNode } from '../../model/stackTree';
import { threadTexts } from '../encoding/textTable';
import type { Recording, ThreadIdentity } from './recording';

/** Puts the samples of a binary recording together, whose parts come one after the other. */
export class MojoSamples {
  readonly #recording: Recording;
  readonly #threads = threadTexts();
  /** Parallel to the nodes: the node itself, or its nearest caller in Python where it is native. */
  readonly #inPython = NumberList.int32();
  /** Parallel to the threads: their last stack without its innermost native frames. */
  readonly #lastStacks: NodeIndex[] = [];
  #open: OpenSample | undefined;
  hasTime = false;
  hasMemory = false;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** Begins the sample of a thread. */
  begin(identity: ThreadIdentity): void {
    this.finish();
    const { process, interpreter, thread } = identity;
    const index = this.#threads.indexOf(`${process}/${interpreter}/${thread}`);
    this.#recording.threads[index] ??= identity;
    this.#open = { thread: index, node: noNode, isIdle: false, isCollecting: false };
  }

  /** Ends the sample, if any; without a number, the recording was cut off in the middle of it. */
  finish(): void {
    if (!this.#open) return;
    const { thread, node, time, memory, isIdle, isCollecting } = this.#open;
    this.#open = undefined;
    this.#lastStacks[thread] = node === noNode ? noNode : this.#inPython.at(node);
    if (time === undefined && memory === undefined) return;
    const numbers = { time: time ?? 0, memory: memory ?? 0 };
    this.#recording.add({ thread, node, ...numbers, isIdle, isCollecting });
  }

  /** Adds the next inner frame. */
  push(frame: FrameIndex): void {
    if (!this.#open) return;
    const { tree } = this.#recording;
    const caller = this.#open.node;
    const node = (this.#open.node = tree.child(caller, frame));
    if (node < this.#inPython.length) return;
    const callerInPython = caller === noNode ? noNode : this.#inPython.at(caller);
    this.#inPython.push(this.#isNative(frame) ? callerInPython : node);
  }

  /** Begins with the frames of the thread's last stack, except its innermost native ones. */
  repeatStack(): void {
    if (this.#open) this.#open.node = this.#lastStacks[this.#open.thread] ?? noNode;
  }

  setIdle(): void {
    if (this.#open) this.#open.isIdle = true;
  }

  setCollecting(): void {
    if (this.#open) this.#open.isCollecting = true;
  }

  setTime(microseconds: number): void {
    this.hasTime = true;
    if (this.#open) this.#open.time = microseconds;
  }

  setMemory(bytes: number): void {
    this.hasMemory = true;
    if (this.#open) this.#open.memory = bytes;
  }

  #isNative(frame: FrameIndex): boolean {
    const { frames, functions } = this.#recording.frames;
    const file = functions.functions[frames[frame]?.func ?? -1]?.file;
    return file === undefined || !(file.endsWith('.py') || file.startsWith('<'));
  }
}

/** A sample that is being read. */
interface OpenSample {
  readonly thread: number;
  node: NodeIndex;
  time?: number;
  memory?: number;
  isIdle: boolean;
  isCollecting: boolean;
}
