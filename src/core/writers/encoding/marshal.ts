import { ByteWriter } from './byteWriter';

const maximumInt32 = 2 ** 31;

/** Bits in a digit of a long integer. */
const digitBits = 15n;

/**
 * Writes marshal data of version 2 without references (CPython, Python/marshal.c), which every
 * Python from 2.5 on reads.
 */
export class MarshalWriter {
  readonly #bytes = new ByteWriter();

  /** Opens a dict: keys and values follow by turns, then `endDict`. */
  beginDict(): void {
    this.#type('{');
  }

  endDict(): void {
    this.#type('0');
  }

  /** Opens a tuple, whose items follow. */
  beginTuple(length: number): void {
    this.#type('(');
    this.#bytes.int32(length);
  }

  text(value: string): void {
    const utf8 = Buffer.from(value);
    this.#type('u');
    this.#bytes.int32(utf8.length);
    this.#bytes.raw(utf8);
  }

  float(value: number): void {
    this.#type('g');
    this.#bytes.double(value);
  }

  /** @param value a whole number */
  int(value: number): void {
    if (value < -maximumInt32 || value >= maximumInt32) {
      this.#long(BigInt(value));
      return;
    }
    this.#type('i');
    this.#bytes.int32(value);
  }

  toBytes(): Buffer {
    return this.#bytes.toBytes();
  }

  #long(value: bigint): void {
    const digits: number[] = [];
    for (let left = value < 0n ? -value : value; left > 0n; left >>= digitBits) {
      digits.push(Number(BigInt.asUintN(Number(digitBits), left)));
    }
    this.#type('l');
    this.#bytes.int32(value < 0n ? -digits.length : digits.length);
    for (const digit of digits) this.#bytes.uint16(digit);
  }

  #type(code: string): void {
    this.#bytes.byte(code.charCodeAt(0));
  }
}
