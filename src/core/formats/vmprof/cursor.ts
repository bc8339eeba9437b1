import type { Layout } from './layout';

/** The file ends within a record, as that of a killed process does. */
export class EndOfFile extends Error {}

/** Reads the numbers and texts of a file one after the other. */
export class Cursor {
  readonly #bytes: Buffer;
  readonly #layout: Layout;

  constructor(
    bytes: Buffer,
    layout: Layout,
    /** Where the next number or text is. */
    public offset: number,
  ) {
    this.#bytes = bytes;
    this.#layout = layout;
  }

  get hasMore(): boolean {
    return this.offset < this.#bytes.length;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.advance(1));
  }

  bigEndianInt16(): number {
    return this.#bytes.readInt16BE(this.advance(2));
  }

  word(): number {
    return this.#integer(this.#layout.wordSize);
  }

  address(): number {
    return this.#integer(this.#layout.addressSize);
  }

  int64(): number {
    return this.#integer(8);
  }

  /** Bytes with their length, a word, before them. */
  text(): string {
    return this.#slice(this.word()).toString('utf8');
  }

  /** Bytes with their length, a byte, before them. */
  shortText(): string {
    return this.#slice(this.byte()).toString('utf8');
  }

  /** Moves past `length` bytes and returns where they start. */
  advance(length: number): number {
    const start = this.offset;
    if (length < 0 || length > this.#bytes.length - start) throw new EndOfFile();
    this.offset = start + length;
    return start;
  }

  skipAddresses(count: number): void {
    this.advance(count * this.#layout.addressSize);
  }

  #slice(length: number): Buffer {
    const start = this.advance(length);
    return this.#bytes.subarray(start, this.offset);
  }

  /** Exact up to 2^53, which no address of a program exceeds. */
  #integer(size: 4 | 8): number {
    const start = this.advance(size);
    if (size === 4) return this.#bytes.readInt32LE(start);
    return this.#bytes.readInt32LE(start + 4) * 2 ** 32 + this.#bytes.readUInt32LE(start);
  }
}
