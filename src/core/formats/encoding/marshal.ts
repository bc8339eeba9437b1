import { damaged, truncated } from '../failures';
import { Dict } from './dict';
import { narrowed, parsePythonFloat } from './numbers';
import { decodeBytes, decodeUtf8 } from './text';

/** A set or frozenset. */
export class MarshalSet {
  constructor(readonly items: readonly MarshalValue[]) {}
}

/** A slice, since version 5. */
export class MarshalSlice {
  constructor(
    readonly start: MarshalValue,
    readonly stop: MarshalValue,
    readonly step: MarshalValue,
  ) {}
}

/** A complex number. */
export class MarshalComplex {
  constructor(
    readonly real: number,
    readonly imaginary: number,
  ) {}
}

export const ellipsis = Symbol('Ellipsis');
export const stopIteration = Symbol('StopIteration');

/**
 * A Python object: `None` is null, an int beyond 2^53 a bigint, tuples and lists are arrays. Python 3's
 * `bytes` and Python 2's `str`, which marshal does not tell apart, are text.
 */
export type MarshalValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | typeof ellipsis
  | typeof stopIteration
  | readonly MarshalValue[]
  | Dict<MarshalValue>
  | MarshalSet
  | MarshalSlice
  | MarshalComplex;

/** How deep objects may be nested. Stats nest five deep; CPython allows 2000, which would take its stack from V8. */
const maximumDepth = 200;

/** 15,000 bits: far more than any count or time, and cheap to read. */
const maximumLongDigits = 1000;

const referenceFlag = 0x80;

/** Type codes, as in CPython's Python/marshal.c. */
const code = {
  null: 0x30,
  none: 0x4e,
  false: 0x46,
  true: 0x54,
  stopIteration: 0x53,
  ellipsis: 0x2e,
  int32: 0x69,
  int64: 0x49,
  long: 0x6c,
  textFloat: 0x66,
  binaryFloat: 0x67,
  textComplex: 0x78,
  binaryComplex: 0x79,
  bytes: 0x73,
  interned: 0x74,
  internedReference: 0x52,
  unicode: 0x75,
  ascii: 0x61,
  internedAscii: 0x41,
  shortAscii: 0x7a,
  shortInternedAscii: 0x5a,
  tuple: 0x28,
  smallTuple: 0x29,
  list: 0x5b,
  dict: 0x7b,
  frozenDict: 0x7d,
  set: 0x3c,
  frozenSet: 0x3e,
  slice: 0x3a,
  reference: 0x72,
} as const;

/**
 * Reads the one object that a marshal file holds, of versions 0 (Python 2.3) to 6 (Python 3.15);
 * the version is not stored, and no code needs it. Code objects are refused.
 * @throws ProfileError where the bytes end early or are not marshal data
 */
export function readMarshal(bytes: Buffer): MarshalValue {
  return new MarshalReader(bytes).object();
}

class MarshalReader {
  readonly #bytes: Buffer;
  #offset = 0;
  #depth = 0;
  /** Items of the containers that are being read: sliced off at their end, an array takes no more than it needs. */
  readonly #pending: MarshalValue[] = [];
  /** Objects written with the reference flag, in the order of their type bytes. */
  readonly #references: (MarshalValue | undefined)[] = [];
  /** Python 2's second table, of interned strings. */
  readonly #interned: string[] = [];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  object(): MarshalValue {
    const value = this.#objectOrEnd();
    if (value === undefined) throw damaged('marshal', 'an object is missing');
    return value;
  }

  /** The next object, or `undefined` for the mark that ends a dict. */
  #objectOrEnd(): MarshalValue | undefined {
    const byte = this.#byte();
    const type = byte & ~referenceFlag;
    if ((byte & referenceFlag) === 0) return this.#payload(type);
    // The slot is taken before any child is read, so that children get the indexes after it.
    const slot = this.#references.push(undefined) - 1;
    const value = this.#payload(type);
    this.#references[slot] = value;
    return value;
  }

  #payload(type: number): MarshalValue | undefined {
    switch (type) {
      case code.null:
        return undefined;
      case code.none:
        return null;
      case code.false:
        return false;
      case code.true:
        return true;
      case code.stopIteration:
        return stopIteration;
      case code.ellipsis:
        return ellipsis;
      case code.int32:
        return this.#int32();
      case code.int64:
        return narrowed(this.#bytes.readBigInt64LE(this.#take(8)));
      case code.long:
        return this.#long();
      case code.textFloat:
        return this.#textFloat();
      case code.binaryFloat:
        return this.#binaryFloat();
      case code.textComplex:
        return new MarshalComplex(this.#textFloat(), this.#textFloat());
      case code.binaryComplex:
        return new MarshalComplex(this.#binaryFloat(), this.#binaryFloat());
      case code.bytes:
        return decodeBytes(this.#slice(this.#size()));
      case code.interned:
        return this.#internedString();
      case code.internedReference:
        return this.#lookUp(this.#interned);
      case code.unicode:
        return decodeUtf8(this.#slice(this.#size()));
      case code.ascii:
      case code.internedAscii:
        return this.#latin1(this.#size());
      case code.shortAscii:
      case code.shortInternedAscii:
        return this.#latin1(this.#byte());
      case code.reference:
        return this.#lookUp(this.#references);
      default:
        return this.#container(type);
    }
  }

  #container(type: number): MarshalValue {
    if (++this.#depth > maximumDepth) throw damaged('marshal', 'objects are nested too deep');
    const value = this.#containerPayload(type);
    this.#depth--;
    return value;
  }

  #containerPayload(type: number): MarshalValue {
    switch (type) {
      case code.tuple:
      case code.list:
        return this.#objects(this.#size());
      case code.smallTuple:
        return this.#objects(this.#byte());
      case code.dict:
      case code.frozenDict:
        return this.#dict();
      case code.set:
      case code.frozenSet:
        return new MarshalSet(this.#objects(this.#size()));
      case code.slice:
        return new MarshalSlice(this.object(), this.object(), this.object());
      default:
        throw damaged('marshal', `unknown type code ${type} at byte ${this.#offset - 1}`);
    }
  }

  #objects(count: number): MarshalValue[] {
    // Every object takes a byte at least: a larger count is a lie, found before it costs memory.
    if (count > this.#bytes.length - this.#offset) throw truncated();
    const start = this.#pending.length;
    for (let index = 0; index < count; index++) this.#pending.push(this.object());
    return this.#pendingFrom(start);
  }

  #dict(): Dict<MarshalValue> {
    const start = this.#pending.length;
    for (;;) {
      const key = this.#objectOrEnd();
      if (key === undefined) return new Dict(this.#pendingFrom(start));
      this.#pending.push(key, this.object());
    }
  }

  #pendingFrom(start: number): MarshalValue[] {
    const items = this.#pending.slice(start);
    this.#pending.length = start;
    return items;
  }

  #lookUp<T>(table: readonly (T | undefined)[]): T {
    const value = table[this.#int32()];
    if (value === undefined) throw damaged('marshal', 'a reference points to no object');
    return value;
  }

  #internedString(): string {
    const text = decodeBytes(this.#slice(this.#size()));
    this.#interned.push(text);
    return text;
  }

  /** A big int: digits of 15 bits, the least significant first; their count's sign is the number's. */
  #long(): number | bigint {
    const signedCount = this.#int32();
    const count = Math.abs(signedCount);
    const start = this.#take(2 * count);
    if (count > maximumLongDigits) throw damaged('marshal', 'a number is too large');
    let magnitude = 0n;
    for (let index = count - 1; index >= 0; index--) {
      magnitude = (magnitude << 15n) | BigInt(this.#bytes.readUInt16LE(start + 2 * index));
    }
    return narrowed(signedCount < 0 ? -magnitude : magnitude);
  }

  #textFloat(): number {
    return parsePythonFloat(this.#latin1(this.#byte()));
  }

  #binaryFloat(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++];
    if (byte === undefined) throw truncated();
    return byte;
  }

  #int32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  #size(): number {
    const size = this.#int32();
    if (size < 0) throw damaged('marshal', 'a size is negative');
    return size;
  }

  #slice(length: number): Buffer {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  #latin1(length: number): string {
    const start = this.#take(length);
    return this.#bytes.toString('latin1', start, start + length);
  }

  /** Moves past `length` bytes and returns where they start. */
  #take(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw truncated();
    this.#offset = start + length;
    return start;
  }
}
