/** Writes vmprof's files, so that tests can have any version and layout of them. */

interface Options {
  readonly wordSize?: 4 | 8;
  readonly addressSize?: 4 | 8;
}

export class VmprofFile {
  readonly #pieces: Buffer[] = [];
  readonly #wordSize: 4 | 8;
  readonly #addressSize: 4 | 8;

  /** Starts with the five words of every file; the period is 5 ms. */
  constructor({ wordSize = 8, addressSize = wordSize }: Options = {}) {
    this.#wordSize = wordSize;
    this.#addressSize = addressSize;
    for (const value of [0, 3, 0, 5000, Number(addressSize > wordSize)])
      this.#add(this.#word(value));
  }

  /** @param mode `undefined` for versions that have none */
  header(version: number, mode: number | undefined, interpreter: string): this {
    const modes = mode === undefined ? [] : [mode];
    const numbers = Buffer.from([5, version >> 8, version & 0xff, ...modes, interpreter.length]);
    return this.#add(numbers, Buffer.from(interpreter));
  }

  /** @param entries the innermost first */
  trace(entries: readonly number[], ...rest: readonly Buffer[]): this {
    const numbers = entries.map((entry) => this.address(entry));
    return this.#add(
      Buffer.from([1]),
      this.#word(1),
      this.#word(entries.length),
      ...numbers,
      ...rest,
    );
  }

  symbol(address: number, symbol: string, marker = 2): this {
    const text = Buffer.from(symbol);
    return this.#add(Buffer.from([marker]), this.address(address), this.#word(text.length), text);
  }

  /** @param rest what follows the marker */
  trailer(rest: Buffer = Buffer.alloc(24)): this {
    return this.#add(Buffer.from([3]), rest);
  }

  address(value: number): Buffer {
    return integer(value, this.#addressSize);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  #word(value: number): Buffer {
    return integer(value, this.#wordSize);
  }

  #add(...pieces: readonly Buffer[]): this {
    this.#pieces.push(...pieces);
    return this;
  }
}

export function integer(value: number, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes.subarray(0, size);
}
