import { NumberList } from '../../model/numberList';
import { damaged, tooMany, truncated } from '../failures';
import { Cursor, EndOfFile } from './cursor';
import { headerLength, layoutOf } from './layout';

/** Markers of records. */
const marker = {
  trace: 1,
  pythonSymbol: 2,
  trailer: 3,
  interpreter: 4,
  header: 5,
  start: 6,
  meta: 7,
  nativeSymbol: 8,
} as const;

/** Versions of the format since which traces have something. */
const since = { threads: 1, kinds: 2, modes: 4, endTime: 5, sampleTimes: 7 } as const;
const newestVersion = since.sampleTimes;
const memoryVersion = 3;

const mode = { memory: 1, lines: 2, kinds: 8, realTime: 16 } as const;

/** More than any Python's stack. */
const deepestTrace = 2 ** 17;

/** Each takes far more memory than a trace. */
const maximumThreads = 50_000;

const timeZoneLength = 8;

/** Milliseconds; later ones are no dates in JavaScript. */
const latestTime = 8.64e15;

/** How a trace's entries tell a frame: by an address, by a line and an address, or by a kind and a value. */
export type Entries = 'addresses' | 'lines' | 'kinds';

/** One sample. */
export interface Trace {
  /** As the file has them, the innermost first. */
  readonly entries: readonly number[];
  /** 0 where the writer tells none apart. */
  readonly thread: number;
  /** Resident memory of the process in KiB, where it is recorded. */
  readonly memory: number | undefined;
  /** Nanoseconds, where they are recorded. */
  readonly time: number | undefined;
}

/** Whether the marker is that of any record. */
export function isMarker(byte: number): boolean {
  return byte >= marker.trace && byte <= marker.nativeSymbol;
}

/** Everything in a file but its traces, which are read one by one. */
export class Log {
  /** Version of the format, 0 to 7. */
  version = 0;
  /** Whether entries come with their kind, as PyPy writes them. */
  hasKinds = false;
  hasLines = false;
  hasMemory = false;
  /** Whether samples are taken in wall clock time, and not in CPU time. */
  isRealTime = false;
  /** Milliseconds since the epoch. */
  startedMs: number | undefined;
  endedMs: number | undefined;
  /** Whether the file has the record that ends it. */
  isComplete = false;
  /** Of all traces; 0 alone where the writer tells none apart. */
  readonly threads = new Set<number>();
  /** Seconds between two samples. */
  readonly period: number;
  /** `language:name:first line:file` by address. */
  readonly #pythonSymbols = new Map<number, string>();
  readonly #nativeSymbols = new Map<number, string>();
  readonly #cursor: Cursor;
  readonly #traceOffsets = NumberList.float64();
  #hasHeader = false;

  /** @throws ProfileError where the header is not vmprof's, or a record is none */
  constructor(bytes: Buffer) {
    const layout = layoutOf(bytes);
    if (!layout) throw truncated();
    this.#cursor = new Cursor(bytes, layout, headerLength(layout) - 2 * layout.wordSize);
    const period = this.#cursor.word();
    if (!(period > 0)) throw damaged('vmprof', 'it tells no time between samples');
    this.period = period / 1e6;
    this.#cursor.word();
    this.#readRecords();
  }

  get entries(): Entries {
    if (this.hasKinds) return 'kinds';
    return this.hasLines ? 'lines' : 'addresses';
  }

  get traceCount(): number {
    return this.#traceOffsets.length;
  }

  trace(index: number): Trace {
    this.#cursor.offset = this.#traceOffsets.at(index);
    return this.#readTrace();
  }

  /** The symbol at an address: that of Python code, where native code is also said to be there. */
  symbol(address: number): string | undefined {
    return this.#pythonSymbols.get(address) ?? this.#nativeSymbols.get(address);
  }

  #readRecords(): void {
    const cursor = this.#cursor;
    try {
      while (cursor.hasMore && !this.isComplete) this.#readRecord();
    } catch (error) {
      if (!(error instanceof EndOfFile)) throw error;
    }
  }

  #readRecord(): void {
    const cursor = this.#cursor;
    const start = cursor.offset;
    switch (cursor.byte()) {
      case marker.trace:
        this.#skipTrace();
        break;
      case marker.pythonSymbol:
        this.#pythonSymbols.set(cursor.address(), cursor.text());
        break;
      case marker.nativeSymbol:
        this.#nativeSymbols.set(cursor.address(), cursor.text());
        break;
      case marker.interpreter:
        cursor.shortText();
        break;
      case marker.header:
        this.#readHeader();
        break;
      case marker.start:
        this.startedMs = this.#time();
        break;
      case marker.meta:
        cursor.text();
        cursor.text();
        break;
      case marker.trailer:
        if (this.version >= since.endTime) this.endedMs = this.#time();
        this.isComplete = true;
        break;
      default:
        throw damaged('vmprof', `byte ${start} starts no record`);
    }
  }

  #readHeader(): void {
    const cursor = this.#cursor;
    if (this.#hasHeader || this.traceCount > 0) throw damaged('vmprof', 'it has two headers');
    this.#hasHeader = true;
    this.version = cursor.bigEndianInt16();
    if (this.version < 0 || this.version > newestVersion) {
      throw damaged(
        'vmprof',
        `its version is ${this.version}, and 0 to ${newestVersion} are known`,
      );
    }
    const modes = this.version >= since.modes ? cursor.byte() : 0;
    this.hasMemory = this.version === memoryVersion || (modes & mode.memory) !== 0;
    this.hasLines = (modes & mode.lines) !== 0;
    this.isRealTime = (modes & mode.realTime) !== 0;
    const interpreter = cursor.shortText();
    this.hasKinds =
      (modes & mode.kinds) !== 0 ||
      this.version === since.kinds ||
      (this.version > since.kinds && interpreter === 'pypy');
  }

  #skipTrace(): void {
    const { offset } = this.#cursor;
    this.#cursor.skipAddresses(this.#readDepth());
    const thread = this.#hasThreads ? this.#cursor.address() : 0;
    if (this.hasMemory) this.#cursor.address();
    if (this.#hasTimes) this.#cursor.int64();
    this.#traceOffsets.push(offset);
    if (this.threads.add(thread).size > maximumThreads) throw tooMany(maximumThreads, 'threads');
  }

  #readTrace(): Trace {
    const cursor = this.#cursor;
    const depth = this.#readDepth();
    const entries = Array.from({ length: depth }, () => cursor.address());
    return {
      entries,
      thread: this.#hasThreads ? cursor.address() : 0,
      memory: this.hasMemory ? cursor.address() : undefined,
      time: this.#hasTimes ? cursor.int64() : undefined,
    };
  }

  #readDepth(): number {
    const { offset } = this.#cursor;
    const count = this.#cursor.word();
    const depth = this.#cursor.word();
    if (count !== 1 || depth < 0 || depth > deepestTrace) {
      throw damaged('vmprof', `there is no trace at byte ${offset}`);
    }
    if (this.entries !== 'addresses' && depth % 2 === 1) {
      throw damaged('vmprof', `the trace at byte ${offset} has half a frame`);
    }
    return depth;
  }

  get #hasThreads(): boolean {
    return this.version >= since.threads;
  }

  get #hasTimes(): boolean {
    return this.version >= since.sampleTimes;
  }

  /** Seconds, microseconds and a time zone that no writer fills in. */
  #time(): number | undefined {
    const time = this.#cursor.int64() * 1e3 + this.#cursor.int64() / 1e3;
    this.#cursor.advance(timeZoneLength);
    return Math.abs(time) < latestTime ? time : undefined;
  }
}
