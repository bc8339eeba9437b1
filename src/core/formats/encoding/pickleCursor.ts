import { damaged, truncated } from '../failures';

/** Far more digits than any count or time has, and cheap to read. */
const maximumIntegerLength = 4096;

/** Reads the arguments of pickle opcodes; every size is checked against what the file still holds. */
export class PickleCursor {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  uint64(): number {
    return Number(this.#bytes.readBigUInt64LE(this.#take(8)));
  }

  /** Floats are the one big-endian thing in a pickle. */
  double(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  slice(length: number): Buffer {
    if (length < 0) throw damaged('pickle', 'a size is negative');
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A little-endian two's complement integer of any size; no bytes mean 0. */
  integer(length: number): bigint {
    if (length > maximumIntegerLength) throw damaged('pickle', 'a number is too large');
    const digits = Buffer.from(this.slice(length)).reverse().toString('hex');
    return length === 0 ? 0n : BigInt.asIntN(8 * length, BigInt(`0x${digits}`));
  }

  /** A line without its end, as Latin-1. */
  line(): string {
    return this.lineBytes().toString('latin1');
  }

  lineBytes(): Buffer {
    const end = this.#bytes.indexOf(0x0a, this.#offset);
    if (end < 0) throw truncated();
    const line = this.#bytes.subarray(this.#offset, end);
    this.#offset = end + 1;
    return line;
  }

  /** A line that holds an integer in decimal. */
  integerLine(): bigint {
    const digits = this.line();
    if (digits.length > maximumIntegerLength || !/^-?\d+$/.test(digits.replace(/L$/, ''))) {
      throw damaged('pickle', 'a number is not one');
    }
    return BigInt(digits.replace(/L$/, ''));
  }

  #take(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw truncated();
    this.#offset = start + length;
    return start;
  }
}
