/** One line of a text. */
export interface TextLine {
  /** Without its end. */
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** Whether the end of the line is there; without it the last line may be cut off. */
  readonly isEnded: boolean;
}

/** The lines of a text, one at a time: an array of them all would multiply the file's size. */
export function* textLines(text: string): Generator<TextLine> {
  let number = 0;
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const withoutReturn = text[end - 1] === '\r' && end > start ? end - 1 : end;
    number += 1;
    yield { text: text.slice(start, withoutReturn), number, isEnded: found >= 0 };
    start = end + 1;
  }
}
