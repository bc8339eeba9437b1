import { renameSync, rmSync } from 'node:fs';
import { functionTable } from '../core/derive/functionTable';
import { lineCosts } from '../core/derive/lineCosts';
import type { FunctionIndex, Profile, Unit } from '../core/model/profile';
import type { IndexedLine } from './functionIndexLines';
import { readIndex, type IndexedFunction, type IndexRecord } from './functionIndexReader';
import { FunctionIndexWriter, type IndexEntry } from './functionIndexWriter';
import type { FileStamp } from './profileFile';

/** Records of profiles that are gone, beyond as many as there are others, that an index may have. */
const MOST_OUTDATED = 1_000;

/** Which functions are looked for: those of files of one name that are called so in any class. */
export interface FunctionQuery {
  /** Of the source file, without its folders. */
  readonly fileName: string;
  /** Of the function, without its class. */
  readonly name: string;
  /** Where it is looked for a line of the function. */
  readonly line?: SoughtLine | undefined;
}

/** A line of a function, as the file is now. */
export interface SoughtLine {
  /** 1-based in the file. */
  readonly line: number;
  /** From the function's first line, be it a decorator's. */
  readonly offset: number;
}

/** A cost in the profile's unit. */
export interface IndexedAmount {
  readonly self: number;
  readonly total: number;
}

/** What one of the functions cost in one profile, in the profile's unit. */
export interface FunctionHit extends IndexedAmount {
  readonly func: IndexedFunction;
  readonly unit: Unit;
  /** What the sought line of it cost, where the profile has costs of the function's lines. */
  readonly line?: IndexedAmount | undefined;
}

/** What an index knows of a function. Keys are names of profiles within the directory. */
export interface IndexAnswer {
  /** Every profile of the index with its file as it was then. */
  readonly indexed: ReadonlyMap<string, FileStamp>;
  readonly hits: ReadonlyMap<string, readonly FunctionHit[]>;
}

/** What is written of a profile: all functions of files, with a cost, and their lines. */
export function indexEntry(name: string, stamp: FileStamp, profile: Profile): IndexEntry {
  const lines = linesByFunction(profile);
  const functions = functionTable(profile).rows.flatMap(({ func, self = 0, total }) => {
    const { name: funcName, file, line = 0 } = profile.functions[func] ?? {};
    if (funcName === undefined || file === undefined || !(total > 0)) return [];
    return [{ name: funcName, file, line, self, total, lines: lines.get(func) }];
  });
  return { name, stamp, unit: profile.unit, functions };
}

/** The lines that cost something, as far as they are in the file that their function is of. */
function linesByFunction(profile: Profile): Map<FunctionIndex, IndexedLine[]> {
  const byFunction = new Map<FunctionIndex, IndexedLine[]>();
  for (const [file, lines] of lineCosts(profile)) {
    for (const [line, { func, self = 0, time }] of lines) {
      const definition = func === undefined ? undefined : profile.functions[func];
      if (func === undefined || definition?.file !== file || !(time > 0)) continue;
      const indexed = { offset: line - (definition.line ?? 0), self, total: time };
      const known = byFunction.get(func);
      if (known) known.push(indexed);
      else byFunction.set(func, [indexed]);
    }
  }
  return byFunction;
}

/** Looks for functions in the indexes of one directory; what a later one says of a profile holds. */
export function searchIndexes(paths: readonly string[], query: FunctionQuery): IndexAnswer {
  const indexed = new Map<string, FileStamp>();
  const hits = new Map<string, FunctionHit[]>();
  for (const path of paths) {
    const matches = new Matches(query);
    for (const record of readIndex(path)) {
      const found = matches.in(record);
      indexed.set(record.name, record.stamp);
      hits.delete(record.name);
      if (found.length > 0) hits.set(record.name, found);
    }
  }
  return { indexed, hits };
}

/**
 * Writes an index anew when most of it is of profiles that are gone or have changed since.
 * @param names of the profiles that there are
 * @returns whether it was written
 */
export function compactIndex(path: string, names: ReadonlySet<string>): boolean {
  const latest = new Map<string, number>();
  let count = 0;
  for (const { name } of readIndex(path)) {
    if (names.has(name)) latest.set(name, count);
    count++;
  }
  if (count - latest.size <= latest.size + MOST_OUTDATED) return false;
  const temporary = `${path}.tmp`;
  rmSync(temporary, { force: true });
  const writer = new FunctionIndexWriter();
  let position = 0;
  for (const record of readIndex(path)) {
    if (latest.get(record.name) === position) writer.append(temporary, entryOf(record));
    position++;
  }
  if (latest.size === 0) rmSync(path);
  else renameSync(temporary, path);
  return true;
}

function entryOf(record: IndexRecord): IndexEntry {
  const { name, stamp, unit } = record;
  const lines = record.lines();
  const functions = record.costs().flatMap(({ func, self, total }) => {
    const indexed = record.functions[func];
    return indexed ? [{ ...indexed, self, total, lines: lines.get(func) }] : [];
  });
  return { name, stamp, unit, functions };
}

/** Finds the functions of a query in record after record, and looks at each function's name once. */
class Matches {
  readonly #query: FunctionQuery;
  readonly #sessions = new Map<readonly IndexedFunction[], { seen: number; found: Set<number> }>();

  constructor(query: FunctionQuery) {
    this.#query = query;
  }

  in(record: IndexRecord): FunctionHit[] {
    const { functions, unit } = record;
    const wanted = this.#wantedOf(functions);
    // Most sessions know the function not at all, or soon: then nothing is unpacked in vain.
    if (wanted.size === 0) return [];
    const { line: sought } = this.#query;
    const lines = sought && record.lines(wanted);
    return record.costs(wanted).flatMap(({ func: number, self, total }) => {
      const func = functions[number];
      const line = sought && amountOf(sought, func, lines?.get(number));
      return func ? [{ func, unit, self, total, line }] : [];
    });
  }

  #wantedOf(functions: readonly IndexedFunction[]): ReadonlySet<number> {
    const session = this.#sessions.get(functions) ?? { seen: 0, found: new Set() };
    this.#sessions.set(functions, session);
    for (; session.seen < functions.length; session.seen++) {
      const func = functions[session.seen];
      if (func && this.#isMeant(func)) session.found.add(session.seen);
    }
    return session.found;
  }

  #isMeant({ file, name }: IndexedFunction): boolean {
    return baseName(file) === this.#query.fileName && simpleName(name) === this.#query.name;
  }
}

/**
 * What a line cost: nothing where the profile has costs of other lines of the function only.
 * @returns `undefined` where it has none of any
 */
function amountOf(
  { line, offset }: SoughtLine,
  func: IndexedFunction | undefined,
  lines: readonly IndexedLine[] | undefined,
): IndexedAmount | undefined {
  const wanted = func?.line === 0 ? line : offset;
  if (!lines) return undefined;
  const { self = 0, total = 0 } = lines.find((each) => each.offset === wanted) ?? {};
  return { self, total };
}

/** The name of a source file, whichever system its path is of; of compiled code that of its source. */
function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.replace(/\.py[co]$/, '.py');
}

/** A function's name without what it is defined in: `get` of `Cart.get`. */
export function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
