/** Reading that takes longer than this shows progress and can be cancelled; milliseconds. */
const PATIENCE_MS = 500;

/** Tells what is being done once it takes long, and from then on each time that there is news. */
export class LoadProgress {
  readonly #timer: NodeJS.Timeout;
  readonly #show: (message: string) => void;
  #message: string;
  #isLong = false;

  constructor(message: string, show: (message: string) => void) {
    this.#message = message;
    this.#show = show;
    this.#timer = setTimeout(() => {
      this.#isLong = true;
      show(this.#message);
    }, PATIENCE_MS);
  }

  tell(message: string): void {
    this.#message = message;
    if (this.#isLong) this.#show(message);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
