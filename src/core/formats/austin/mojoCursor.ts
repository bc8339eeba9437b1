import { damaged, truncated } from '../failures';

/** The greatest number of bytes that an integer of 64 bits takes. */
const longestInteger = 10;

/** This many bytes hold 48 bits, which a number takes exactly. */
const exactBytes = 7;

/** Reads the values of a binary recording one after the other. */
export class MojoCursor {
  readonly #bytes: Buffer;
  offset: number;

  constructor(bytes: Buffer, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  get isAtEnd(): boolean {
    return this.offset >= this.#bytes.length;
  }

  /** @throws ProfileError (`incomplete`) where the bytes end, as every method here does */
  byte(): number {
    const byte = this.#bytes[this.offset];
    if (byte === undefined) throw truncated();
    this.offset++;
    return byte;
  }

  /** A signed integer: six bits and the sign in the first byte, seven in each further one. */
  integer(): number {
    return Number(this.key());
  }

  /** An integer that is an address or a mix of two: a `bigint` where a number would round it. */
  key(): number | bigint {
    const start = this.offset;
    const first = this.byte();
    let length = 1;
    for (let byte = first; byte & 0x80; length++) {
      if (length === longestInteger) throw damaged('MOJO', `byte ${start} starts no integer`);
      byte = this.byte();
    }
    const magnitude =
      length <= exactBytes ? this.#number(start, length) : this.#bigint(start, length);
    return first & 0x40 ? -magnitude : magnitude;
  }

  /** Text up to a NUL byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.offset);
    if (end < 0) throw truncated();
    const text = this.#bytes.toString('utf8', this.offset, end);
    this.offset = end + 1;
    return text;
  }

  #number(start: number, length: number): number {
    let value = 0;
    for (let at = start + length - 1; at > start; at--) {
      value = value * 128 + ((this.#bytes[at] ?? 0) & 0x7f);
    }
    return value * 64 + ((this.#bytes[start] ?? 0) & 0x3f);
  }

  #bigint(start: number, length: number): bigint {
    let value = 0n;
    for (let at = start + length - 1; at > start; at--) {
      value = (value << 7n) | BigInt((this.#bytes[at] ?? 0) & 0x7f);
    }
    return (value << 6n) | BigInt((this.#bytes[start] ?? 0) & 0x3f);
  }
}
