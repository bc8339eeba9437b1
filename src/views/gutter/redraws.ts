import type { TextDocument } from 'vscode';

/** Edits within this time are drawn together. */
const REDRAW_AFTER_MS = 30;

/** Draws documents again soon after they were edited. */
export class Redraws {
  readonly #draw: (document: TextDocument) => void;
  readonly #timers = new Map<TextDocument, NodeJS.Timeout>();

  constructor(draw: (document: TextDocument) => void) {
    this.#draw = draw;
  }

  request(document: TextDocument): void {
    clearTimeout(this.#timers.get(document));
    const redraw = (): void => {
      this.#timers.delete(document);
      this.#draw(document);
    };
    this.#timers.set(document, setTimeout(redraw, REDRAW_AFTER_MS));
  }

  /** Forgets what was to be drawn. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
