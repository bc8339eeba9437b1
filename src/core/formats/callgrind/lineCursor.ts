const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;
const zero = 0x30;
const nine = 0x39;
/** Digits whose number is exact whatever they are. */
const exactDigits = 15;

/** Walks through a text's lines, and through the words of a line, without making strings of them. */
export class LineCursor {
  readonly #bytes: Buffer;
  #nextLine = 0;
  #start = 0;
  #end = 0;
  #wordStart = 0;
  #wordEnd = 0;
  /** 1-based number of the current line. */
  lineNumber = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Moves to the next line; false at the end of the text. */
  nextLine(): boolean {
    if (this.#nextLine >= this.#bytes.length) return false;
    const found = this.#bytes.indexOf(newline, this.#nextLine);
    let end = found < 0 ? this.#bytes.length : found;
    this.#start = this.#nextLine;
    this.#nextLine = end + 1;
    while (end > this.#start && isBlank(this.#bytes[end - 1])) end--;
    this.#end = end;
    this.#wordStart = this.#wordEnd = this.#start;
    this.lineNumber++;
    return true;
  }

  /** First byte of the line, `undefined` where it is blank. */
  get firstByte(): number | undefined {
    return this.#start < this.#end ? this.#bytes[this.#start] : undefined;
  }

  /** The line without blanks at its end. */
  text(): string {
    return this.#bytes.toString('utf8', this.#start, this.#end);
  }

  /** Moves to the next word of the line; false where there is none. */
  nextWord(): boolean {
    let at = this.#wordEnd;
    while (at < this.#end && isBlank(this.#bytes[at])) at++;
    this.#wordStart = at;
    while (at < this.#end && !isBlank(this.#bytes[at])) at++;
    this.#wordEnd = at;
    return at > this.#wordStart;
  }

  /** First byte of the word. */
  get wordByte(): number | undefined {
    return this.#bytes[this.#wordStart];
  }

  /** The word as a number; decimal, with or without a fraction, or hexadecimal after `0x`. NaN for anything else. */
  number(skip = 0): number {
    const start = this.#wordStart + skip;
    if (start >= this.#wordEnd) return NaN;
    if (this.#wordEnd - start > exactDigits) return this.#slowNumber(start);
    let value = 0;
    for (let at = start; at < this.#wordEnd; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (byte < zero || byte > nine) return this.#slowNumber(start);
      value = value * 10 + (byte - zero);
    }
    return value;
  }

  #slowNumber(start: number): number {
    return Number(this.#bytes.toString('latin1', start, this.#wordEnd));
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === tab || byte === carriageReturn;
}
