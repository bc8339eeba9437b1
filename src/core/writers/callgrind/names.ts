/** Writes names in the format's compression: with a number where they are new, as the number from then on. */
export class CompressedNames {
  readonly #numbers = new Map<string, number>();

  /** @param key what the name stands for, where several things bear it */
  write(name: string, key = name): string {
    const known = this.#numbers.get(key);
    if (known !== undefined) return `(${known})`;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return `(${number}) ${name}`;
  }
}
