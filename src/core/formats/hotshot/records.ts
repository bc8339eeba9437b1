import { decodeBytes } from '../encoding/text';
import { damaged } from '../failures';

/** What a log tells, in its order. Ticks are the time since the event before; `undefined` where it is not logged. */
export interface LogVisitor {
  /** A function was called, or a generator resumed. */
  enter(fileNumber: number, firstLine: number, ticks: number | undefined): void;
  exit(ticks: number | undefined): void;
  /** The innermost function has come to a line. */
  line(line: number, ticks: number | undefined): void;
  addInfo(key: string, value: string): void;
  defineFile(fileNumber: number, name: string): void;
  defineFunction(fileNumber: number, firstLine: number, name: string): void;
}

/** Whether calls have times: as the log tells, or none although it tells otherwise. */
export type FrameTimes = 'asTold' | 'none';

/** The two lowest bits of a record tell its type, but for `other`, whose whole byte does. */
const type = { enter: 0, exit: 1, line: 2, other: 3 } as const;
const typeBits = 0b11;

const otherType = {
  addInfo: 0x13,
  defineFile: 0x23,
  lineTimes: 0x33,
  defineFunction: 0x43,
  frameTimes: 0x53,
} as const;

/** Numbers are C ints: 32 bits in groups of 7. */
const longestNumber = 5;

/**
 * Walks through the records of a log.
 * @returns whether the last record is whole; that of a killed process is often not
 * @throws ProfileError at the first byte that starts no record
 */
export function walkLog(bytes: Buffer, visitor: LogVisitor, frameTimes: FrameTimes): boolean {
  const reader = new RecordReader(bytes, visitor, frameTimes);
  try {
    while (reader.hasMore) reader.readRecord();
    return true;
  } catch (error) {
    if (error instanceof EndOfLog) return false;
    throw error;
  }
}

/** The log ends within a record. */
class EndOfLog extends Error {}

class RecordReader {
  readonly #bytes: Buffer;
  readonly #visitor: LogVisitor;
  readonly #frameTimes: FrameTimes;
  #offset = 0;
  #framesAreTimed: boolean;
  #linesAreTimed = false;

  constructor(bytes: Buffer, visitor: LogVisitor, frameTimes: FrameTimes) {
    this.#bytes = bytes;
    this.#visitor = visitor;
    this.#frameTimes = frameTimes;
    this.#framesAreTimed = frameTimes === 'asTold';
  }

  get hasMore(): boolean {
    return this.#offset < this.#bytes.length;
  }

  readRecord(): void {
    const first = this.#byte();
    switch (first & typeBits) {
      case type.enter: {
        const fileNumber = this.#restOfNumber(first);
        const firstLine = this.#number();
        const ticks = this.#framesAreTimed ? this.#number() : undefined;
        this.#visitor.enter(fileNumber, firstLine, ticks);
        break;
      }
      case type.exit: {
        const ticks = this.#restOfNumber(first);
        this.#visitor.exit(this.#framesAreTimed ? ticks : undefined);
        break;
      }
      case type.line: {
        const line = this.#restOfNumber(first);
        const ticks = this.#linesAreTimed ? this.#number() : undefined;
        this.#visitor.line(line, ticks);
        break;
      }
      default:
        this.#readOther(first);
    }
  }

  #readOther(first: number): void {
    switch (first) {
      case otherType.addInfo: {
        const key = this.#text();
        this.#visitor.addInfo(key, this.#text());
        break;
      }
      case otherType.defineFile: {
        const fileNumber = this.#number();
        this.#visitor.defineFile(fileNumber, this.#text());
        break;
      }
      case otherType.defineFunction: {
        const fileNumber = this.#number();
        const firstLine = this.#number();
        this.#visitor.defineFunction(fileNumber, firstLine, this.#text());
        break;
      }
      case otherType.lineTimes:
        this.#linesAreTimed = this.#byte() !== 0;
        break;
      case otherType.frameTimes:
        this.#framesAreTimed = this.#byte() !== 0 && this.#frameTimes === 'asTold';
        break;
      default:
        throw damaged('hotshot', `byte ${this.#offset - 1} starts no record`);
    }
  }

  /** A number whose five lowest bits are in a record's first byte, beside its type. */
  #restOfNumber(first: number): number {
    const lowest = (first >> 2) & 0x1f;
    return first & 0x80 ? lowest + this.#number() * 0x20 : lowest;
  }

  /** A number in groups of seven bits, the lowest first; the eighth bit tells that more follow. */
  #number(): number {
    let value = 0;
    for (let group = 0; group < longestNumber; group++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * group);
      if ((byte & 0x80) === 0) return value;
    }
    throw damaged('hotshot', `the number that ends at byte ${this.#offset} is too long`);
  }

  /** A Python 2 `str`. */
  #text(): string {
    const length = this.#number();
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw new EndOfLog();
    this.#offset = start + length;
    return decodeBytes(this.#bytes.subarray(start, this.#offset));
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw new EndOfLog();
    this.#offset++;
    return byte;
  }
}
