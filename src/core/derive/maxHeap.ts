/** A priority queue of numbers (such as indexes): the one with the greatest priority first, of equals the oldest. */
export class MaxHeap {
  readonly #values: number[] = [];
  readonly #priorities: number[] = [];
  readonly #ages: number[] = [];
  #pushed = 0;

  get size(): number {
    return this.#values.length;
  }

  push(value: number, priority: number): void {
    let hole = this.size;
    const age = this.#pushed++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#precedes(priority, age, parent)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#place(hole, value, priority, age);
  }

  /** Removes the first value and returns it; `undefined` when there is none. */
  pop(): number | undefined {
    const first = this.#values[0];
    const value = this.#values.pop();
    const priority = this.#priorities.pop();
    const age = this.#ages.pop();
    if (value === undefined || priority === undefined || age === undefined) return undefined;
    if (this.size > 0) this.#sink(value, priority, age);
    return first;
  }

  /** Places a value at the top and lets it down to where it belongs. */
  #sink(value: number, priority: number, age: number): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.#entryPrecedes(child + 1, child)) child += 1;
      if (this.#precedes(priority, age, child)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#place(hole, value, priority, age);
  }

  #entryPrecedes(a: number, b: number): boolean {
    return this.#precedes(this.#priorities[a] ?? 0, this.#ages[a] ?? 0, b);
  }

  #precedes(priority: number, age: number, other: number): boolean {
    const otherPriority = this.#priorities[other] ?? 0;
    return (
      priority > otherPriority || (priority === otherPriority && age < (this.#ages[other] ?? 0))
    );
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#values[from] ?? 0, this.#priorities[from] ?? 0, this.#ages[from] ?? 0);
  }

  #place(at: number, value: number, priority: number, age: number): void {
    this.#values[at] = value;
    this.#priorities[at] = priority;
    this.#ages[at] = age;
  }
}
