import type { ExactLine, Func, FunctionIndex } from '../../model/profile';
import { lineNumber } from '../encoding/numbers';
import { tooMany } from '../failures';

/** How many lines a log of this many bytes may have: an honest one comes to most of them again. */
function maximumLines(size: number): number {
  return 200_000 + Math.floor(size / 16);
}

/** A line that has run; costs in the log's own ticks. */
interface Line {
  func: FunctionIndex;
  readonly file: string;
  readonly line: number;
  hits: number;
  self: number;
  total: number;
  /** On how many open calls it is the current line. */
  open: number;
  /** The clock when it was opened by the first of these. */
  since: number;
}

/**
 * Follows the current line of every open call. A cost is the current line's own, and belongs to the
 * total of every line that is open, once: a recursion does not count twice, nor does a lambda or
 * generator expression that is on the line of the function that runs it.
 */
export class LineCosts {
  readonly #functions: readonly Func[];
  /** The line that each open call is at, where that is a line of a file; the outermost call first. */
  readonly #currentLines: (Line | undefined)[] = [];
  /** By file, then by line. */
  readonly #lines = new Map<string, Map<number, Line>>();
  readonly #maximum: number;
  #count = 0;
  #clock = 0;

  /**
   * @param functions which grow as the log is read
   * @param size bytes of the log
   */
  constructor(functions: readonly Func[], size: number) {
    this.#functions = functions;
    this.#maximum = maximumLines(size);
  }

  /** A call begins at the function's first line. */
  enter(func: FunctionIndex): void {
    const current = this.#lineAt(func, this.#functions[func]?.line ?? 0);
    this.#currentLines.push(current);
    this.#open(current);
  }

  exit(): void {
    this.#close(this.#currentLines.pop());
  }

  /** The innermost call, which is of this function, comes to a line. */
  moveTo(func: FunctionIndex, line: number): void {
    const next = this.#lineAt(func, line);
    if (next) next.hits++;
    this.#close(this.#currentLines.pop());
    this.#open(next);
    this.#currentLines.push(next);
  }

  /** Adds to the line that runs. */
  charge(cost: number): void {
    this.#clock += cost;
    const current = this.#currentLines.at(-1);
    if (current) current.self += cost;
  }

  /**
   * The lines, once all calls are over. No event tells how often a function's first line is come to.
   * @param perUnit ticks in one unit
   */
  toExactLines(perUnit: number): ExactLine[] {
    while (this.#currentLines.length > 0) this.exit();
    return [...this.#lines.values()]
      .flatMap((lines) => [...lines.values()])
      .filter(({ hits, total }) => hits > 0 || total > 0)
      .map(({ func, file, line, hits, self, total }) => ({
        func,
        file,
        line,
        hits: hits > 0 ? hits : undefined,
        self: self / perUnit,
        total: total / perUnit,
      }));
  }

  #open(line: Line | undefined): void {
    if (line && line.open++ === 0) line.since = this.#clock;
  }

  #close(line: Line | undefined): void {
    if (line && --line.open === 0) line.total += this.#clock - line.since;
  }

  #lineAt(func: FunctionIndex, line: number): Line | undefined {
    const file = this.#functions[func]?.file;
    if (file === undefined || lineNumber(line) === undefined) return undefined;
    let lines = this.#lines.get(file);
    if (!lines) this.#lines.set(file, (lines = new Map<number, Line>()));
    let known = lines.get(line);
    if (!known) {
      if (++this.#count > this.#maximum) throw tooMany(this.#maximum, 'lines');
      known = { func, file, line, hits: 0, self: 0, total: 0, open: 0, since: 0 };
      lines.set(line, known);
    } else if (known.func !== func) {
      known.func = this.#definedFirst(known.func, func);
    }
    return known;
  }

  /** Of a function and a lambda within it, the function: it is defined further up. */
  #definedFirst(a: FunctionIndex, b: FunctionIndex): FunctionIndex {
    const lineOfA = this.#functions[a]?.line ?? Infinity;
    const lineOfB = this.#functions[b]?.line ?? Infinity;
    return lineOfB < lineOfA || (lineOfB === lineOfA && b < a) ? b : a;
  }
}
