/** Ends a subscription. */
export interface Subscription {
  dispose(): void;
}

/** An event for code that does not know vscode. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  /** Calls the listener for every later event, in the order of subscription. */
  readonly event = (listener: (event: T) => void): Subscription => {
    const own = (event: T): void => {
      listener(event);
    };
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
