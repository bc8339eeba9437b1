/** Milliseconds until the first pull at most, by chance: not all endpoints are asked at once. */
const FIRST_MS = 1000;

/** How many intervals an endpoint that fails is left alone at most, and milliseconds. */
const MOST_INTERVALS = 10;
const LONGEST_MS = 5 * 60_000;

/** When an endpoint is asked: at its own times, which repeat with the interval. */
export class Schedule {
  #failures = 0;
  #pulls = 0;

  /** Milliseconds until the first pull. */
  first(): number {
    return Math.random() * FIRST_MS;
  }

  /** Milliseconds from the beginning of a pull that was answered to the next one's. */
  afterSuccess(intervalMs: number): number {
    this.#failures = 0;
    this.#pulls += 1;
    // Endpoints that were added together drift apart with the second pull.
    return this.#pulls === 1 ? intervalMs * (0.5 + Math.random() / 2) : intervalMs;
  }

  /** The same of one that failed: twice as long with every failure, up to some minutes. */
  afterFailure(intervalMs: number): number {
    const longest = Math.max(intervalMs, Math.min(MOST_INTERVALS * intervalMs, LONGEST_MS));
    const delay = Math.min(intervalMs * 2 ** this.#failures, longest);
    this.#failures += 1;
    return delay;
  }
}
