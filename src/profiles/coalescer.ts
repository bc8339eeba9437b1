/**
 * Runs a task some time after it was asked for, however often that was, and never twice at a time:
 * what is asked for while it runs gives one more run.
 */
export class Coalescer {
  readonly #run: () => Promise<void> | void;
  readonly #delayMs: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #disposed = false;

  /** @param run must not reject. */
  constructor(delayMs: number, run: () => Promise<void> | void) {
    this.#delayMs = delayMs;
    this.#run = run;
  }

  /** Asks for a run; a steady stream of requests cannot put it off. */
  request(): void {
    if (this.#disposed || this.#timer) return;
    this.#timer = setTimeout(() => {
      void this.now();
    }, this.#delayMs);
  }

  /** Runs without delay, after the run that is under way; settles when it has finished. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#running) await this.#running;
    if (this.#disposed) return;
    this.#running = Promise.resolve(this.#run()).finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }
}
