import type { NumberList } from './numberList';

/** What `PairIndex.find` returns for a pair that is not there. */
export const notFound = -1;

/**
 * Finds the index of a pair in two parallel lists of integers: a hash table with open addressing. A
 * `Map` would take five times the memory, and hold no more than 2^24 pairs.
 */
export class PairIndex {
  readonly #first: NumberList<Int32Array>;
  readonly #second: NumberList<Int32Array>;
  /** An index plus one, or 0 where a slot is free; the length is a power of two. */
  #slots = new Int32Array(64);
  #count = 0;

  constructor(first: NumberList<Int32Array>, second: NumberList<Int32Array>) {
    this.#first = first;
    this.#second = second;
  }

  find(first: number, second: number): number {
    return (this.#slots[this.#slotOf(first, second)] ?? 0) - 1;
  }

  /** Lets the pair at an index of the lists be found. */
  remember(index: number): void {
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    this.#put(index);
    this.#count++;
  }

  #put(index: number): void {
    this.#slots[this.#slotOf(this.#first.at(index), this.#second.at(index))] = index + 1;
  }

  /** Where the pair is, or would be. */
  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(first, second) & mask;
    for (;;) {
      const index = (this.#slots[slot] ?? 0) - 1;
      if (index === notFound) return slot;
      if (this.#second.at(index) === second && this.#first.at(index) === first) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const taken = this.#slots.filter((slot) => slot > 0);
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (const slot of taken) this.#put(slot - 1);
  }
}

/** Spreads neighbouring numbers over all 32 bits, as the finalizer of MurmurHash3 does. */
function hashOf(first: number, second: number): number {
  let hash = Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
