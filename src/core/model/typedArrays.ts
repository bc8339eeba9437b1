/** A typed array. */
export type Numbers = Int32Array | Float64Array | Uint8Array;

/** The number at an index known to exist. */
export function at(numbers: Numbers, index: number): number {
  return numbers[index] ?? 0;
}

/** Adds to the number at an index. */
export function add(numbers: Numbers, index: number, amount: number): void {
  numbers[index] = at(numbers, index) + amount;
}

/** The numbers from 0 to `count - 1`. */
export function firstIndexes(count: number): Int32Array {
  return new Int32Array(count).map((_, index) => index);
}
