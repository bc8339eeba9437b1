import type { FrameIndex } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { lineNumber } from '../encoding/numbers';
import { maximumFrames } from '../encoding/textTable';
import { tooMany } from '../failures';
import type { Log } from './log';

/** Kinds of the entries that PyPy writes. */
const kind = {
  blackhole: 2,
  jit: 3,
  tracing: 4,
  garbageCollection: 5,
  assembler: 6,
  native: 7,
} as const;

const nativeMark = ' [native]';

/** What is written behind the name of a frame that the interpreter did not simply run. */
const marks = new Map<number, string>([
  [kind.blackhole, ' [blackhole]'],
  [kind.jit, ' [JIT]'],
  [kind.tracing, ' [JIT tracing]'],
  [kind.garbageCollection, ' [GC]'],
  [kind.native, nativeMark],
]);

/** What a symbol tells of the code at an address. */
interface Code {
  readonly name: string;
  readonly file: string | undefined;
  readonly firstLine: number | undefined;
  /** By executing line; 0 for an unknown one. */
  readonly frames: Map<number, FrameIndex>;
}

/** Turns the entries of traces into frames. */
export class FrameReader {
  readonly #log: Log;
  readonly #builder: StacksBuilder;
  /** By mark, then by address. */
  readonly #codes = new Map<string, Map<number, Code>>();
  /** What has no symbol, by mark. */
  readonly #unknown = new Map<string, Code>();

  constructor(log: Log, builder: StacksBuilder) {
    this.#log = log;
    this.#builder = builder;
  }

  /** The frames of a trace, the outermost first. */
  read(entries: readonly number[]): FrameIndex[] {
    switch (this.#log.entries) {
      case 'addresses':
        return this.#readAddresses(entries);
      case 'lines':
        return this.#readLines(entries);
      case 'kinds':
        return this.#readKinds(entries);
    }
  }

  /**
   * In the oldest files every C function is an address without a symbol: these are left out, as
   * vmprof's own report does. Such a trace may have no Python frame at all.
   */
  #readAddresses(entries: readonly number[]): FrameIndex[] {
    const isOldest = this.#log.version === 0;
    const frames: FrameIndex[] = [];
    for (let at = entries.length - 1; at >= 0; at--) {
      const address = entries[at] ?? 0;
      if (isOldest && this.#log.symbol(address) === undefined) continue;
      frames.push(this.#frame(this.#codeAt(address, '')));
    }
    return frames.length > 0 ? frames : [this.#frame(this.#unknownCode(nativeMark))];
  }

  /** The line before an address is the one that ran; native code has none. */
  #readLines(entries: readonly number[]): FrameIndex[] {
    const frames: FrameIndex[] = [];
    for (let at = entries.length - 2; at >= 0; at -= 2) {
      const code = this.#codeAt(entries[at + 1] ?? 0, '');
      frames.push(this.#frame(code, lineNumber(entries[at] ?? 0)));
    }
    return frames;
  }

  /**
   * Compiled code stands beside the Python frame that entered it, under the same symbol: these two
   * are one frame. The compiled code's own addresses tell nothing.
   */
  #readKinds(entries: readonly number[]): FrameIndex[] {
    const frames: FrameIndex[] = [];
    let outer: number | undefined;
    for (let at = entries.length - 2; at >= 0; at -= 2) {
      const type = entries[at] ?? 0;
      const value = entries[at + 1] ?? 0;
      if (type === kind.assembler) continue;
      if (type === kind.jit && value === outer) frames.pop();
      frames.push(this.#frame(this.#codeAt(value, marks.get(type) ?? '')));
      outer = value;
    }
    return frames;
  }

  #frame({ name, file, firstLine, frames }: Code, line?: number): FrameIndex {
    let frame = frames.get(line ?? 0);
    if (frame === undefined) {
      frame = this.#builder.frame(name, file, firstLine, line);
      if (frame >= maximumFrames) throw tooMany(maximumFrames, 'functions and lines');
      frames.set(line ?? 0, frame);
    }
    return frame;
  }

  #codeAt(address: number, mark: string): Code {
    let codes = this.#codes.get(mark);
    if (!codes) this.#codes.set(mark, (codes = new Map<number, Code>()));
    let code = codes.get(address);
    if (!code) {
      const symbol = this.#log.symbol(address);
      code =
        symbol === undefined
          ? this.#unknownCode(this.#isNative(address) ? nativeMark : mark)
          : readSymbol(symbol, mark);
      codes.set(address, code);
    }
    return code;
  }

  /** CPython's writer makes native addresses odd. */
  #isNative(address: number): boolean {
    return this.#log.entries !== 'kinds' && address % 2 === 1;
  }

  #unknownCode(mark: string): Code {
    let code = this.#unknown.get(mark);
    if (!code) this.#unknown.set(mark, (code = codeOf(`<unknown code>${mark}`)));
    return code;
  }
}

/** `language:name:first line:file`; the file may have colons in it, and is `-` where there is none. */
function readSymbol(symbol: string, mark: string): Code {
  const parts = /^([^:]*):([^:]*):(-?\d+):(.*)$/s.exec(symbol);
  if (!parts) return codeOf(symbol + mark);
  const [, language, name = '', line, file = ''] = parts;
  const isMarkedNative = language === 'n' && !name.startsWith('<native symbol');
  return codeOf(
    name + (isMarkedNative ? nativeMark : mark),
    file === '-' || file === '' ? undefined : file,
    lineNumber(Number(line)),
  );
}

function codeOf(name: string, file?: string, firstLine?: number): Code {
  return { name, file, firstLine, frames: new Map() };
}
