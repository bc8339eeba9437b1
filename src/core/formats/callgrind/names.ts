/**
 * One space of compressed names: `(12) name` defines the number, `(12)` stands for the name.
 * A number may have no definition, as in yappi's files.
 */
export class Names {
  readonly #byNumber = new Map<string, string>();

  resolve(text: string): string | undefined {
    const compressed = /^\((\d+)\)(?:\s+(.*))?$/.exec(text);
    if (!compressed) return text;
    const [, number = '', name] = compressed;
    if (name === undefined) return this.#byNumber.get(number);
    this.#byNumber.set(number, name);
    return name;
  }
}
