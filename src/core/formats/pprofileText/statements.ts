/** What matters of a line of Python: comments, strings, brackets, and a backslash that joins the next line. */
const tokens = /#.*|"""|'''|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[([{]|[)\]}]|\\$/g;

/** What matters within a string over several lines, by the quotes around it. */
const ends: ReadonlyMap<string, RegExp> = new Map([
  ['"""', /\\.|"""/g],
  ["'''", /\\.|'''/g],
]);

/** Tells, line by line from the first of a file, where statements start. */
export class Statements {
  /** Brackets that are open. */
  #depth = 0;
  /** The quotes of a string over several lines that is open. */
  #quotes: string | undefined;
  #isJoined = false;

  /** Whether a statement starts at the next line; on blank lines and comments none does. */
  startsAt(source: string): boolean {
    const isWithin = this.#depth > 0 || this.#quotes !== undefined || this.#isJoined;
    this.#isJoined = false;
    for (let at = 0; at < source.length;) {
      at = this.#quotes === undefined ? this.#readCode(source, at) : this.#readString(source, at);
    }
    return !isWithin && /^\s*[^\s#]/.test(source);
  }

  /** @returns where a string over several lines begins, or the end of the line */
  #readCode(source: string, from: number): number {
    tokens.lastIndex = from;
    for (let found = tokens.exec(source); found; found = tokens.exec(source)) {
      const [token] = found;
      if (ends.has(token)) {
        this.#quotes = token;
        return tokens.lastIndex;
      }
      if ('([{'.includes(token)) this.#depth++;
      else if (')]}'.includes(token)) this.#depth = Math.max(0, this.#depth - 1);
      else if (token === '\\') this.#isJoined = true;
    }
    return source.length;
  }

  /** @returns where the string ends, or the end of the line */
  #readString(source: string, from: number): number {
    const end = ends.get(this.#quotes ?? '');
    if (!end) return source.length;
    end.lastIndex = from;
    for (let found = end.exec(source); found; found = end.exec(source)) {
      if (found[0] !== this.#quotes) continue;
      this.#quotes = undefined;
      return end.lastIndex;
    }
    return source.length;
  }
}
