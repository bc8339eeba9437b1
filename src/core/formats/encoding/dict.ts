/**
 * A Python dict in the order of the file. Not a `Map`: its keys may be tuples, which JavaScript
 * compares by identity. Not an object: a key named `__proto__` must be a key like any other.
 */
export class Dict<Value> {
  readonly #items: Value[];

  /** @param items keys and values by turns */
  constructor(items: Value[]) {
    this.#items = items;
  }

  get size(): number {
    return this.#items.length >> 1;
  }

  add(key: Value, value: Value): void {
    this.#items.push(key, value);
  }

  /** The value of the last entry with this string for its key. */
  get(key: string): Value | undefined {
    let found: Value | undefined;
    this.forEach((each, value) => {
      if (each === key) found = value;
    });
    return found;
  }

  forEach(visit: (key: Value, value: Value) => void): void {
    for (let at = 0; at + 1 < this.#items.length; at += 2) {
      visit(this.#items[at] as Value, this.#items[at + 1] as Value);
    }
  }

  /** Whether any key is such. */
  someKey(test: (key: Value) => boolean): boolean {
    return this.#items.some((item, at) => (at & 1) === 0 && test(item));
  }
}
