import { damaged, truncated } from '../failures';

/** A key with its value, in the order of the hash table. */
export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
  /** Where the key is in the file. */
  readonly offset: number;
}

/** What the header tells of every bucket. */
interface BucketSizes {
  readonly bytes: number;
  readonly elements: number;
}

/** How the machine that wrote a database lays out C's structures; all sizes in bytes. */
interface Layout {
  /** Of offsets in the file. */
  readonly offsetSize: 4 | 8;
  /** Of what stands before the elements of a bucket: its free blocks and two numbers. */
  readonly bucketHead: number;
}

/** Of 64-bit systems; of 32-bit systems with large files; of older 32-bit systems. */
const layouts: readonly Layout[] = [
  { offsetSize: 8, bucketHead: 112 },
  { offsetSize: 8, bucketHead: 84 },
  { offsetSize: 4, bucketHead: 60 },
];

/**
 * The first number of a database: as gdbm wrote it at first, then for offsets of 32 and 64 bits, then
 * for both in databases that survive a crash (since 1.21).
 */
const magics: readonly number[] = [0x13579ace, 0x13579acd, 0x13579acf, 0x13579ad0, 0x13579ad1];

/** The hash of an element that is free. */
const freeElement = -1;

/** Whether the file is a database of gdbm. */
export function isGdbm(bytes: Buffer): boolean {
  return isLittleEndian(bytes) !== undefined;
}

/** How the database has its numbers; `undefined` where it is none. */
function isLittleEndian(bytes: Buffer): boolean | undefined {
  if (bytes.length < 4) return undefined;
  if (magics.includes(bytes.readUInt32LE(0))) return true;
  return magics.includes(bytes.readUInt32BE(0)) ? false : undefined;
}

/**
 * Reads a database of gdbm (src/gdbmdefs.h of 1.8 to 1.23): a directory of buckets, whose elements
 * point to a key with its value behind it.
 */
export class GdbmReader {
  readonly #bytes: Buffer;
  readonly #isLittleEndian: boolean;
  readonly #layout: Layout;
  readonly #buckets: BucketSizes;

  /** @throws ProfileError where the header is damaged */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#isLittleEndian = isLittleEndian(bytes) ?? true;
    const layout = layouts.find((each) => this.#fits(each));
    if (!layout) throw damaged('gdbm', 'its buckets have an impossible size');
    this.#layout = layout;
    this.#buckets = this.#bucketSizes(layout);
  }

  /** @throws ProfileError where the database is damaged or ends early */
  *entries(): Generator<Entry> {
    // Neither buckets nor entries overlap: all of them take no more than the file has.
    let bytesOfBuckets = 0;
    let bytesOfEntries = 0;
    for (const bucket of this.#bucketOffsets()) {
      bytesOfBuckets += this.#buckets.bytes;
      if (bytesOfBuckets > this.#bytes.length) throw damaged('gdbm', 'its buckets overlap');
      for (const entry of this.#entriesOf(bucket)) {
        bytesOfEntries += entry.key.length + entry.value.length;
        if (bytesOfEntries > this.#bytes.length) throw damaged('gdbm', 'its entries overlap');
        yield entry;
      }
    }
  }

  /** Where the buckets begin. The directory may name one several times. */
  *#bucketOffsets(): Generator<number> {
    const { offsetSize } = this.#layout;
    const directory = this.#offset(8);
    const size = this.#int32(8 + offsetSize);
    if (size < 0 || directory + size > this.#bytes.length) throw truncated();
    const seen = new Set<number>();
    for (let at = directory; at + offsetSize <= directory + size; at += offsetSize) {
      const bucket = this.#offset(at);
      if (seen.has(bucket)) continue;
      seen.add(bucket);
      yield bucket;
    }
  }

  *#entriesOf(bucket: number): Generator<Entry> {
    const { offsetSize, bucketHead } = this.#layout;
    for (let index = 0; index < this.#buckets.elements; index++) {
      const element = bucket + bucketHead + index * elementSize(this.#layout);
      if (this.#int32(element) === freeElement) continue;
      const offset = this.#offset(element + 8);
      const keyEnd = offset + this.#size(element + 8 + offsetSize);
      const end = keyEnd + this.#size(element + 12 + offsetSize);
      if (end > this.#bytes.length) throw truncated();
      const bytes = this.#bytes;
      yield { key: bytes.subarray(offset, keyEnd), value: bytes.subarray(keyEnd, end), offset };
    }
  }

  /** Whether as many elements fit into a bucket as the header says. */
  #fits(layout: Layout): boolean {
    const { bytes, elements } = this.#bucketSizes(layout);
    return (
      elements > 0 && elements === Math.floor((bytes - layout.bucketHead) / elementSize(layout))
    );
  }

  #bucketSizes({ offsetSize }: Layout): BucketSizes {
    return { bytes: this.#int32(16 + offsetSize), elements: this.#int32(20 + offsetSize) };
  }

  #size(at: number): number {
    const size = this.#int32(at);
    if (size < 0) throw damaged('gdbm', `the size at byte ${at} is negative`);
    return size;
  }

  /** An offset in the file. */
  #offset(at: number): number {
    if (this.#layout.offsetSize === 4) return this.#size(at);
    const [high, low] = this.#isLittleEndian ? [at + 4, at] : [at, at + 4];
    const offset = this.#int32(high) * 2 ** 32 + (this.#int32(low) >>> 0);
    if (offset < 0) throw damaged('gdbm', `the offset at byte ${at} is negative`);
    return offset;
  }

  #int32(at: number): number {
    if (at + 4 > this.#bytes.length) throw truncated();
    return this.#isLittleEndian ? this.#bytes.readInt32LE(at) : this.#bytes.readInt32BE(at);
  }
}

/** A hash, the start of the key, an offset, and two sizes. */
function elementSize({ offsetSize }: Layout): number {
  return 16 + offsetSize;
}
