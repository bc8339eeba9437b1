import { posix, win32 } from 'node:path';
import { FunctionTable } from '../../model/builder';
import type { Func, FunctionIndex } from '../../model/profile';
import { lineNumber } from '../encoding/numbers';
import { tooMany } from '../failures';

/** How many functions a log of this many bytes may name: an honest one calls most of them often. */
function maximumFunctions(size: number): number {
  return 100_000 + Math.floor(size / 32);
}

/** The functions of a log, which calls them by the number of their file and their first line. */
export class LogFunctions {
  readonly #table = new FunctionTable();
  readonly #paths: PathReader;
  readonly #files = new Map<number, string>();
  /** By file number, then by first line. */
  readonly #names = new Map<number, Map<number, string>>();
  readonly #known = new Map<number, Map<number, FunctionIndex>>();
  readonly #maximum: number;
  /** Functions that were named and that were called. */
  #count = 0;

  /**
   * @param header of the log: its directory, to which names of files are relative, and its platform
   * @param size bytes of the log
   */
  constructor(header: ReadonlyMap<string, string>, size: number) {
    this.#paths = new PathReader(header);
    this.#maximum = maximumFunctions(size);
  }

  get all(): readonly Func[] {
    return this.#table.functions;
  }

  defineFile(fileNumber: number, name: string): void {
    this.#countOne();
    this.#files.set(fileNumber, name);
  }

  defineFunction(fileNumber: number, firstLine: number, name: string): void {
    this.#countOne();
    childOf(this.#names, fileNumber).set(firstLine, name);
  }

  /** The function that was called, whether or not the log has told its name. */
  indexOf(fileNumber: number, firstLine: number): FunctionIndex {
    const known = childOf(this.#known, fileNumber);
    let index = known.get(firstLine);
    if (index === undefined) {
      this.#countOne();
      index = this.#add(fileNumber, firstLine);
      known.set(firstLine, index);
    }
    return index;
  }

  #add(fileNumber: number, firstLine: number): FunctionIndex {
    const name = this.#names.get(fileNumber)?.get(firstLine);
    const file = this.#files.get(fileNumber);
    return this.#table.indexOf(
      name ?? `<unnamed ${fileNumber}:${firstLine}>`,
      file === undefined ? undefined : this.#paths.read(file),
      lineNumber(firstLine),
    );
  }

  #countOne(): void {
    if (++this.#count > this.#maximum) throw tooMany(this.#maximum, 'functions');
  }
}

/** Makes paths whole and plain, as `hotshot.stats` does. */
class PathReader {
  readonly #system: typeof posix;
  readonly #directory: string;

  constructor(header: ReadonlyMap<string, string>) {
    this.#system = header.get('platform') === 'win32' ? win32 : posix;
    this.#directory = header.get('current-directory') ?? '';
  }

  /** `undefined` for what is no file; `<string>` and its like stay as they are. */
  read(name: string): string | undefined {
    if (name === '' || name.startsWith('<')) return name || undefined;
    if (this.#system.isAbsolute(name)) return this.#system.normalize(name);
    return this.#system.join(this.#directory, name);
  }
}

function childOf<Value>(
  outer: Map<number, Map<number, Value>>,
  fileNumber: number,
): Map<number, Value> {
  let inner = outer.get(fileNumber);
  if (!inner) outer.set(fileNumber, (inner = new Map<number, Value>()));
  return inner;
}
