/** Two clicks on a row within this time are a double click. */
const DOUBLE_CLICK_MS = 500;

/** Tells a double click from two single ones: the workbench reports both as the row's command. */
export class DoubleClick {
  #path: string | undefined;
  #timeMs = 0;

  /** Notes a click on a file; whether it is the second of two. */
  isSecond(path: string, nowMs = Date.now()): boolean {
    const second = path === this.#path && nowMs - this.#timeMs < DOUBLE_CLICK_MS;
    this.#path = second ? undefined : path;
    this.#timeMs = nowMs;
    return second;
  }
}
