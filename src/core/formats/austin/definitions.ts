import type { FrameIndex } from '../../model/profile';
import { tooMany } from '../failures';

/** By what a process knows a string or a frame, mostly an address. */
export type Key = number | bigint;

/** How many strings and frames a recording may define. */
const maximumDefinitions = 4_000_000;

/** Strings that no recording defines. */
const knownStrings: readonly (readonly [Key, string])[] = [
  [0, ''],
  [1, '<unknown>'],
];

interface Names {
  readonly strings: Map<Key, string>;
  readonly frames: Map<Key, FrameIndex>;
}

/** Strings and frames that a binary recording defines once and then refers to, for each process. */
export class Definitions {
  readonly #byProcess = new Map<number, Names>();
  #current = noNames();
  /** What was defined since the last sample began. */
  #recent = noNames();
  #count = 0;

  /**
   * A sample of a process begins. What was defined just before may be meant for it: austinp defines
   * frames ahead of the sample that has them.
   */
  enter(process: number): void {
    const names = this.#byProcess.get(process) ?? noNames();
    if (names !== this.#current) {
      addNew(this.#recent.strings, names.strings);
      addNew(this.#recent.frames, names.frames);
    }
    this.#byProcess.set(process, names);
    this.#current = names;
    if (this.#recent.strings.size + this.#recent.frames.size > 0) this.#recent = noNames();
  }

  addString(key: Key, text: string): void {
    this.#countOne();
    this.#current.strings.set(key, text);
    this.#recent.strings.set(key, text);
  }

  addFrame(key: Key, frame: FrameIndex): void {
    this.#countOne();
    this.#current.frames.set(key, frame);
    this.#recent.frames.set(key, frame);
  }

  string(key: Key): string | undefined {
    return this.#current.strings.get(key) ?? knownStrings.find(([known]) => known === key)?.[1];
  }

  frame(key: Key): FrameIndex | undefined {
    return this.#current.frames.get(key);
  }

  #countOne(): void {
    if (++this.#count > maximumDefinitions) throw tooMany(maximumDefinitions, 'names and frames');
  }
}

function noNames(): Names {
  return { strings: new Map(), frames: new Map() };
}

function addNew<Value>(from: ReadonlyMap<Key, Value>, to: Map<Key, Value>): void {
  for (const [key, value] of from) if (!to.has(key)) to.set(key, value);
}
