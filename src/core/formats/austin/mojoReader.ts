import type { FrameText } from '../encoding/frameText';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';
import { Definitions } from './definitions';
import { garbageCollector, invalidFrame, kernelFrame } from './frames';
import { Metadata } from './metadata';
import type { MojoCursor } from './mojoCursor';
import { MojoSamples } from './mojoSamples';
import { Recording, type Mode } from './recording';

/** Codes of the events. */
const event = {
  metadata: 1,
  stack: 2,
  frame: 3,
  invalidFrame: 4,
  frameReference: 5,
  kernelFrame: 6,
  garbageCollector: 7,
  idle: 8,
  time: 9,
  memory: 10,
  string: 11,
  stringReference: 12,
  stackRepeat: 13,
} as const;

/** The first version with the end of a line and the columns. */
const versionWithColumns = 2;

/** The first version with the number of the interpreter. */
const versionWithInterpreters = 3;

/** Reads the events of a binary recording. */
export class MojoReader {
  readonly recording = new Recording();
  readonly metadata = new Metadata();
  readonly #samples = new MojoSamples(this.recording);
  readonly #definitions = new Definitions();
  readonly #cursor: MojoCursor;
  readonly #version: number;

  constructor(cursor: MojoCursor, version: number) {
    this.#cursor = cursor;
    this.#version = version;
  }

  /** By the header; where it does not tell, by what is measured. */
  get mode(): Mode {
    if (this.metadata.mode) return this.metadata.mode;
    if (!this.#samples.hasMemory) return 'wall';
    return this.#samples.hasTime ? 'full' : 'memory';
  }

  /** Ends the last sample. */
  finish(): void {
    this.#samples.finish();
  }

  /** @throws ProfileError where it is no event, or the bytes end (`incomplete`) */
  readEvent(): void {
    const cursor = this.#cursor;
    const samples = this.#samples;
    const start = cursor.offset;
    switch (cursor.byte()) {
      case event.metadata:
        this.metadata.set(cursor.text(), cursor.text());
        break;
      case event.stack:
        this.#beginSample();
        break;
      case event.frame:
        this.#defineFrame(start);
        break;
      case event.invalidFrame:
        this.#push({ name: invalidFrame, file: undefined, line: undefined });
        break;
      case event.frameReference:
        this.#pushDefined(start);
        break;
      case event.kernelFrame:
        this.#push(kernelFrame(cursor.text()));
        break;
      case event.garbageCollector:
        samples.setCollecting();
        this.#push({ name: garbageCollector, file: undefined, line: undefined });
        break;
      case event.idle:
        samples.setIdle();
        break;
      case event.time:
        samples.setTime(this.#number(start, 0));
        break;
      case event.memory:
        samples.setMemory(this.#number(start, -Infinity));
        break;
      case event.string:
        this.#definitions.addString(cursor.key(), cursor.text());
        break;
      case event.stringReference:
        cursor.key();
        break;
      case event.stackRepeat:
        samples.repeatStack();
        break;
      default:
        throw damaged('MOJO', `byte ${start} starts no event`);
    }
  }

  #beginSample(): void {
    const process = this.#cursor.integer();
    const interpreter = this.#version >= versionWithInterpreters ? this.#cursor.integer() : 0;
    const thread = decimal(this.#cursor.text());
    this.#samples.begin({ process: String(process), interpreter: String(interpreter), thread });
    this.#definitions.enter(process);
  }

  #defineFrame(start: number): void {
    const cursor = this.#cursor;
    const key = cursor.key();
    const file = this.#string(start);
    const name = this.#string(start);
    const line = lineNumber(cursor.integer());
    if (this.#version >= versionWithColumns) {
      for (let unused = 0; unused < 3; unused++) cursor.integer();
    }
    const frame = this.recording.frame({ name, file: file || undefined, line });
    this.#definitions.addFrame(key, frame);
  }

  #string(start: number): string {
    const text = this.#definitions.string(this.#cursor.key());
    if (text === undefined) throw damaged('MOJO', `the frame at byte ${start} has no name`);
    return text;
  }

  #pushDefined(start: number): void {
    const frame = this.#definitions.frame(this.#cursor.key());
    if (frame === undefined) throw damaged('MOJO', `the frame at byte ${start} is unknown`);
    this.#samples.push(frame);
  }

  #push(frame: FrameText): void {
    this.#samples.push(this.recording.frame(frame));
  }

  #number(start: number, minimum: number): number {
    const value = this.#cursor.integer();
    if (value < minimum || !isCost(value)) {
      throw damaged('MOJO', `the number at byte ${start} is impossible`);
    }
    return value;
  }
}

/** Threads are numbered in hexadecimal here and in decimal in the text. */
function decimal(thread: string): string {
  return /^[0-9a-f]{1,16}$/i.test(thread) ? BigInt(`0x${thread}`).toString() : thread;
}
