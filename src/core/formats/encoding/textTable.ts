import { tooMany } from '../failures';

/** Numbers the different texts of a file, from 0 in the order of their first appearance. */
export class TextTable {
  readonly texts: string[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #maximum: number;
  readonly #what: string;

  /**
   * @param maximum how many there may be: each takes far more memory than its text
   * @param what people call them, for example `threads`
   */
  constructor(maximum: number, what: string) {
    this.#maximum = maximum;
    this.#what = what;
  }

  /** @throws ProfileError where there are too many */
  indexOf(text: string): number {
    let index = this.#indexes.get(text);
    if (index === undefined) {
      if (this.texts.length === this.#maximum) throw tooMany(this.#maximum, this.#what);
      index = this.texts.push(text) - 1;
      this.#indexes.set(text, index);
    }
    return index;
  }
}

/** How many frames a file may have: functions at a line. */
export const maximumFrames = 250_000;

/** The frames of a file of stacks, as it writes them. */
export function frameTexts(): TextTable {
  return new TextTable(maximumFrames, 'functions and lines');
}

/** The threads of a file, as it writes them. */
export function threadTexts(): TextTable {
  return new TextTable(100_000, 'threads');
}
