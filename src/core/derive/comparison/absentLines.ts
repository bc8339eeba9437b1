import type { ComparedFile, FunctionDelta, LineMean } from './comparison';

/** What a line cost on a side whose profiles do not name it. */
export class AbsentLines {
  readonly #functions: readonly FunctionDelta[];
  /** Functions that have lines on a side; -1 among them where lines of no function have. */
  readonly #measured: Readonly<Record<'before' | 'after', ReadonlySet<number>>>;

  constructor(functions: readonly FunctionDelta[], file: ComparedFile) {
    this.#functions = functions;
    const measured = (lines: readonly LineMean[] = []): Set<number> =>
      new Set(lines.map(({ func }) => func));
    this.#measured = {
      before: measured(file.before?.lines),
      after: measured(file.after?.lines),
    };
  }

  /**
   * Nothing, where the lines of its function were followed on that side or the function did not run
   * there; else `undefined`, as nobody measured it.
   *
   * @param line as the other side has it
   */
  on(side: 'before' | 'after', line: LineMean): LineMean | undefined {
    if (!this.#measured[side].has(line.func) && !this.#isKnownNotToRun(side, line))
      return undefined;
    return {
      ...line,
      hits: line.hits === undefined ? undefined : 0,
      self: line.self === undefined ? undefined : 0,
      time: 0,
    };
  }

  #isKnownNotToRun(side: 'before' | 'after', { func }: LineMean): boolean {
    const own = this.#functions[func];
    return own !== undefined && own[side] === undefined && own.total[side] !== undefined;
  }
}
