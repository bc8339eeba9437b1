import { damaged } from '../failures';

/** Seven groups of seven bits, the most that a number takes exactly. */
const longestVarint = 7;

/** Reads the numbers of a recording one after the other, in the byte order of who wrote it. */
export class TachyonCursor {
  readonly #bytes: Buffer;
  readonly #isLittleEndian: boolean;
  #at: number;

  constructor(bytes: Buffer, isLittleEndian: boolean, start = 0) {
    this.#bytes = bytes;
    this.#isLittleEndian = isLittleEndian;
    this.#at = start;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** @throws ProfileError where the bytes end, as every method here does */
  byte(): number {
    return this.#bytes[this.#advance(1)] ?? 0;
  }

  uint32(): number {
    const at = this.#advance(4);
    return this.#isLittleEndian ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  /** An integer of 64 bits that is exact, such as an id. */
  uint64(): bigint {
    const at = this.#advance(8);
    return this.#isLittleEndian ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at);
  }

  /** An unsigned integer in groups of seven bits, the lowest first. */
  varint(): number {
    let value = 0;
    for (let group = 0; group < longestVarint; group++) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** (7 * group);
      if (byte < 0x80) return value;
    }
    throw damaged('Tachyon', `a number is too large at byte ${this.#at}`);
  }

  /** A signed integer: the lowest bit is its sign. */
  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(length: number): string {
    const at = this.#advance(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  #advance(length: number): number {
    const at = this.#at;
    if (length > this.#bytes.length - at) {
      throw damaged('Tachyon', `a value goes beyond its table at byte ${at}`);
    }
    this.#at += length;
    return at;
  }
}
