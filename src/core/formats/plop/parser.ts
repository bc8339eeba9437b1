import { decodeLiteral } from './literal';

/** A frame as a stack has it. */
export interface PlopFrame {
  readonly file: string;
  /** The line that ran; 0 where Python tells none. */
  readonly line: number;
  readonly name: string;
}

/** Is given each stack, the innermost frame first, and how often it was sampled. */
export type StackVisitor = (stack: readonly PlopFrame[], count: number) => void;

/** Where text stops being what plop writes. */
export class LiteralError extends Error {
  constructor(
    /** Index of the character. */
    readonly offset: number,
    /** Whether it is the end of the text. */
    readonly isEnd: boolean,
  ) {
    super(`unexpected character ${offset}`);
  }
}

/** No name or path is nearly as long, and escapes take far more memory than their text. */
const longestString = 64 * 1024;

const integer = /(\d{1,15})L?/y;
const noLine = /None/y;

/**
 * Reads the `repr` of a Python dict `{((file, line, function), ...): count, ...}`, and no other
 * expression.
 *
 * @throws LiteralError where the text is anything else
 */
export function parsePlop(text: string, visit: StackVisitor): void {
  new PlopParser(text).parse(visit);
}

class PlopParser {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(visit: StackVisitor): void {
    this.#expect('{');
    do {
      const stack = this.#tuple(() => this.#frame());
      this.#expect(':');
      visit(stack, Number(this.#match(integer)[1]));
    } while (this.#accept(',') && !this.#isNext('}'));
    this.#expect('}');
    if (this.#offset < this.#text.length) throw this.#error();
  }

  #frame(): PlopFrame {
    this.#expect('(');
    const file = this.#string();
    this.#expect(',');
    const line = this.#line();
    this.#expect(',');
    const name = this.#string();
    this.#accept(',');
    this.#expect(')');
    return { file, line, name };
  }

  #tuple<Item>(readItem: () => Item): Item[] {
    const items: Item[] = [];
    this.#expect('(');
    do items.push(readItem());
    while (this.#accept(',') && !this.#isNext(')'));
    this.#expect(')');
    return items;
  }

  #line(): number {
    if (!this.#isNext('N')) return Number(this.#match(integer)[1]);
    this.#match(noLine);
    return 0;
  }

  /** A string in Python's quotes; Python 2 marks Unicode ones with a `u`. */
  #string(): string {
    const isUnicode = this.#isNext('u');
    const start = this.#offset + (isUnicode ? 2 : 1);
    const quote = this.#text[start - 1];
    if (quote !== "'" && quote !== '"') throw this.#error();
    const end = endOfString(this.#text, start, quote);
    if (end < 0) throw new LiteralError(this.#offset, true);
    if (end - start > longestString) throw new LiteralError(this.#offset, false);
    this.#offset = end + 1;
    this.#skipBlanks();
    return decodeLiteral(this.#text.slice(start, end), isUnicode);
  }

  #match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (!match) throw this.#error();
    this.#offset = pattern.lastIndex;
    this.#skipBlanks();
    return match;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) throw this.#error();
  }

  #accept(character: string): boolean {
    if (!this.#isNext(character)) return false;
    this.#offset++;
    this.#skipBlanks();
    return true;
  }

  #isNext(character: string): boolean {
    return this.#text[this.#offset] === character;
  }

  #skipBlanks(): void {
    while (isBlank(this.#text[this.#offset])) this.#offset++;
  }

  #error(): LiteralError {
    const length = this.#text.length - this.#offset;
    const isEnd = length < 4 && cutWords.has(this.#text.slice(this.#offset));
    return new LiteralError(this.#offset, isEnd);
  }
}

/** What may stand at the end of a text that was cut off. */
const cutWords: ReadonlySet<string> = new Set(['', 'u', 'N', 'No', 'Non']);

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

/** Index of the quote that ends a string, which no backslash escapes; -1 without one. */
function endOfString(text: string, start: number, quote: string): number {
  let end = text.indexOf(quote, start);
  while (end >= 0) {
    let escapes = end;
    while (escapes > start && text[escapes - 1] === '\\') escapes--;
    if ((end - escapes) % 2 === 0) return end;
    end = text.indexOf(quote, end + 1);
  }
  return -1;
}
