/** Writes hotshot logs, as Modules/_hotshot.c does, so that tests can have any. */

/** A number in groups of seven bits, the lowest first. */
function number(value: number): Buffer {
  const groups: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    groups.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...groups, rest]);
}

/** A record's type byte, then texts with their lengths. */
function text(type: string, ...texts: readonly string[]): Buffer {
  const pieces = texts.map((each) =>
    Buffer.concat([number(Buffer.byteLength(each)), Buffer.from(each)]),
  );
  return Buffer.concat([Buffer.from(type, 'latin1'), ...pieces]);
}

/** A number of which five bits share a byte with the record's type. */
function tagged(type: number, value: number): Buffer {
  const first = type | ((value & 0x1f) << 2);
  if (value < 0x20) return Buffer.from([first]);
  return Buffer.concat([Buffer.from([first | 0x80]), number(Math.floor(value / 0x20))]);
}

/** A log that begins as every log does; calls are timed, in ticks. */
export function log(): HotshotLog {
  return new HotshotLog().info('hotshot-version', '');
}

export class HotshotLog {
  readonly #pieces: Buffer[] = [];

  info(key: string, value: string): this {
    return this.#add(text('\x13', key, value));
  }

  /** Line events with times follow. */
  lineEvents(): this {
    return this.#add(Buffer.from([0x33, 1]));
  }

  file(fileNumber: number, name: string): this {
    return this.#add(Buffer.from([0x23]), number(fileNumber), text('', name));
  }

  func(fileNumber: number, firstLine: number, name: string): this {
    return this.#add(Buffer.from([0x43]), number(fileNumber), number(firstLine), text('', name));
  }

  enter(fileNumber: number, firstLine: number, ticks: number): this {
    return this.#add(tagged(0, fileNumber), number(firstLine), number(ticks));
  }

  exit(ticks: number): this {
    return this.#add(tagged(1, ticks));
  }

  line(line: number, ticks: number): this {
    return this.#add(tagged(2, line), number(ticks));
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  #add(...pieces: readonly Buffer[]): this {
    this.#pieces.push(...pieces);
    return this;
  }
}
