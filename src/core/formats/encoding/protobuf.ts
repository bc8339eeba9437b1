import { damaged, truncated } from '../failures';

/** How a field's value is encoded. */
export const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/** The longest varint: 64 bits in groups of seven. */
const longestVarint = 10;

/** An unsigned 64-bit number: exact as a number up to 2^53, else a bigint. */
export type Unsigned = number | bigint;

/**
 * Walks through the fields of a protobuf message without copying it
 * (https://protobuf.dev/programming-guides/encoding/). Every method reads within the message or
 * throws a ProfileError.
 */
export class ProtobufReader {
  readonly #bytes: Buffer;
  readonly end: number;
  #at: number;
  #field = 0;
  #type = 0;
  // The two halves of the last varint, each of 32 bits without a sign.
  #low = 0;
  #high = 0;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.end = end;
  }

  /** Where the next field starts. */
  get start(): number {
    return this.#at;
  }

  /** Number of the current field. */
  get field(): number {
    return this.#field;
  }

  /** Encoding of the current field. */
  get type(): number {
    return this.#type;
  }

  /** Moves to the next field; false at the end. Its value has to be read, or skipped, before the next one. */
  next(): boolean {
    if (this.#at >= this.end) return false;
    this.#readVarint();
    this.#type = this.#low & 7;
    this.#field = (this.#low >>> 3) + this.#high * 2 ** 29;
    if (this.#field === 0) throw this.#damaged('a field has no number');
    return true;
  }

  skipField(): void {
    switch (this.#type) {
      case wireType.varint:
        this.#readVarint();
        break;
      case wireType.fixed64:
        this.#advance(8);
        break;
      case wireType.lengthDelimited:
        this.#advance(this.#length());
        break;
      case wireType.fixed32:
        this.#advance(4);
        break;
      default:
        throw this.#damaged('a field has an unknown encoding');
    }
  }

  /** A signed 64-bit number; not exact beyond 2^53. */
  signed(): number {
    this.#expect(wireType.varint);
    this.#readVarint();
    return this.#signedValue();
  }

  unsigned(): Unsigned {
    this.#expect(wireType.varint);
    this.#readVarint();
    return this.#unsignedValue();
  }

  /** Visits the numbers of a repeated field, which are packed into one or stand alone. */
  eachSigned(visit: (value: number) => void): void {
    this.#eachVarint((reader) => {
      visit(reader.#signedValue());
    });
  }

  /** As `eachSigned`. */
  eachUnsigned(visit: (value: Unsigned) => void): void {
    this.#eachVarint((reader) => {
      visit(reader.#unsignedValue());
    });
  }

  /** The message that the field holds, or its text. */
  message(): ProtobufReader {
    this.#expect(wireType.lengthDelimited);
    const length = this.#length();
    const start = this.#at;
    this.#advance(length);
    return new ProtobufReader(this.#bytes, start, this.#at);
  }

  #eachVarint(visit: (reader: ProtobufReader) => void): void {
    if (this.#type === wireType.varint) {
      this.#readVarint();
      visit(this);
      return;
    }
    const packed = this.message();
    while (packed.#at < packed.end) {
      packed.#readVarint();
      visit(packed);
    }
  }

  #signedValue(): number {
    return (this.#high | 0) * 2 ** 32 + this.#low;
  }

  #unsignedValue(): Unsigned {
    if (this.#high < 2 ** 21) return this.#high * 2 ** 32 + this.#low;
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }

  #length(): number {
    this.#readVarint();
    return this.#high * 2 ** 32 + this.#low;
  }

  #advance(length: number): void {
    if (length > this.end - this.#at) throw this.#endsEarly();
    this.#at += length;
  }

  #readVarint(): void {
    let low = 0;
    let high = 0;
    for (let index = 0; index < longestVarint; index++) {
      if (this.#at >= this.end) throw this.#endsEarly();
      const byte = this.#bytes[this.#at++] ?? 0;
      const bits = byte & 0x7f;
      const shift = 7 * index;
      // The fifth group has bits of both halves.
      if (shift < 32) low |= bits << shift;
      if (shift === 28) high = bits >> 4;
      if (shift > 28) high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw this.#damaged('a number has no end');
  }

  #expect(type: number): void {
    if (this.#type !== type) throw this.#damaged(`field ${this.#field} is of the wrong type`);
  }

  /** The last message ends with the file: what it lacks, the file lacks. */
  #endsEarly(): Error {
    if (this.end === this.#bytes.length) return truncated();
    return this.#damaged('a field is longer than what holds it');
  }

  #damaged(what: string): Error {
    return damaged('protobuf', `at byte ${this.#at}, ${what}`);
  }
}
