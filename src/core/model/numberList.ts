/** A list of numbers that takes no more than its type does for each, and grows by itself. */
export class NumberList<Numbers extends Int32Array | Float64Array> {
  readonly #make: (length: number) => Numbers;
  #numbers: Numbers;
  #length = 0;

  private constructor(make: (length: number) => Numbers) {
    this.#make = make;
    this.#numbers = make(4);
  }

  static int32(): NumberList<Int32Array> {
    return new NumberList((length) => new Int32Array(length));
  }

  static float64(): NumberList<Float64Array> {
    return new NumberList((length) => new Float64Array(length));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length++] = value;
  }

  /** The number at an index known to exist. */
  at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  /** Replaces the number at an index known to exist. */
  set(index: number, value: number): void {
    this.#numbers[index] = value;
  }

  /** A copy of the numbers, with no room to spare. */
  toArray(): Numbers {
    return this.#numbers.slice(0, this.#length) as Numbers;
  }

  #grow(): void {
    const grown = this.#make(this.#length * 2);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
