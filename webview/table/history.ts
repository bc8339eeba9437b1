/** Steps that can be gone back. */
const MAXIMUM_STEPS = 200;

/** The functions that were walked through, as a browser has pages. */
export class History {
  #visited: number[] = [];
  #position = -1;

  /** The function at which the walk is; `undefined` before the first. */
  get current(): number | undefined {
    return this.#visited[this.#position];
  }

  get canGoBack(): boolean {
    return this.#position > 0;
  }

  get canGoForward(): boolean {
    return this.#position < this.#visited.length - 1;
  }

  /** Goes to a function; what lay ahead is forgotten. */
  visit(func: number): void {
    if (func === this.current) return;
    this.#visited = [...this.#visited.slice(0, this.#position + 1), func].slice(-MAXIMUM_STEPS);
    this.#position = this.#visited.length - 1;
  }

  back(): void {
    if (this.canGoBack) this.#position -= 1;
  }

  forward(): void {
    if (this.canGoForward) this.#position += 1;
  }

  clear(): void {
    this.#visited = [];
    this.#position = -1;
  }
}
