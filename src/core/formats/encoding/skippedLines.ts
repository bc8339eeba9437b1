import type { TextLine } from './textLines';

/** Counts the lines of a text that could not be read, for a sentence on them. */
export class SkippedLines {
  #count = 0;
  #first = 0;
  #isLastCut = false;

  add({ number, isEnded }: TextLine): void {
    // A line without an end was cut off when its writer was stopped.
    if (!isEnded) this.#isLastCut = true;
    else if (this.#count++ === 0) this.#first = number;
  }

  /** Sentences on what is missing; empty where nothing is. */
  warnings(): string[] {
    const warnings: string[] = [];
    if (this.#count === 1) {
      warnings.push(`Line ${this.#first} could not be read and was left out.`);
    } else if (this.#count > 1) {
      warnings.push(
        `${this.#count.toLocaleString('en')} lines could not be read and were left out, the first of them line ${this.#first}.`,
      );
    }
    if (this.#isLastCut) {
      warnings.push('The file ends in the middle of a line, which was left out.');
    }
    return warnings;
  }
}
