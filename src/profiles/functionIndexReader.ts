import { closeSync } from 'node:fs';
import type { Unit } from '../core/model/profile';
import { decodeCosts, type IndexedCost } from './functionIndexCodec';
import { decodeLines, type IndexedLine } from './functionIndexLines';
import { headOf, INDEX_HEAD, linesAfterHead, openToRead } from './functionIndexFile';
import type { FileStamp } from './profileFile';

/** A function as profiles name it. */
export interface IndexedFunction {
  readonly file: string;
  readonly name: string;
  /** Definition line, 1-based; 0 where it is not known. */
  readonly line: number;
}

/** The profile of one file in the index. */
export interface IndexRecord {
  /** Of the profile, within the directory of the index. */
  readonly name: string;
  readonly stamp: FileStamp;
  readonly unit: Unit;
  /** The functions that numbers stand for in the records of one session, as far as they are known. */
  readonly functions: readonly IndexedFunction[];
  /** What the functions of these numbers cost in this profile; of all where none are given. */
  costs(wanted?: ReadonlySet<number>): IndexedCost[];
  /** What the lines of the same functions cost, where the profile tells it. */
  lines(wanted?: ReadonlySet<number>): ReadonlyMap<number, readonly IndexedLine[]>;
}

/** First part of a line; the packed costs of functions and those of lines follow, in base64, each behind a tab. */
export interface RecordHead {
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly unit: Unit;
  /** Tells whose numbers are meant: every window that writes counts functions by itself. */
  readonly session: string;
  /** Number of the first of the functions that this record names. */
  readonly first: number;
  /** Functions that no record of the session had before: file, name, definition line. */
  readonly added: readonly (readonly [string, string, number])[];
  /** Characters of the packed costs of functions and of lines. */
  readonly length: number;
  readonly linesLength: number;
}

const UNITS: ReadonlySet<unknown> = new Set<Unit>(['seconds', 'samples', 'bytes', 'events']);

/**
 * The records of an index from the oldest on; a later one of the same name takes the place of
 * those before it. Lines that are torn, or build on one that is, are left out. An index of another
 * version has no records.
 */
export function* readIndex(path: string): Generator<IndexRecord> {
  const file = openToRead(path);
  if (file === undefined) return;
  try {
    if (headOf(file) !== INDEX_HEAD) return;
    const sessions = new Map<string, IndexedFunction[]>();
    for (const line of linesAfterHead(file)) {
      const record = recordOf(line, sessions);
      if (record) yield record;
    }
  } finally {
    closeSync(file);
  }
}

function recordOf(line: Buffer, sessions: Map<string, IndexedFunction[]>): IndexRecord | undefined {
  const tab = line.indexOf(9);
  const head = tab < 0 ? undefined : parseHead(line.toString('utf8', 0, tab));
  if (!head || tab + head.length + head.linesLength + 2 !== line.length) return undefined;
  const functions = sessions.get(head.session) ?? [];
  if (functions.length !== head.first) return undefined;
  for (const [file, name, definition] of head.added) {
    functions.push({ file, name, line: definition });
  }
  sessions.set(head.session, functions);
  const { name, size, modifiedMs, unit, length } = head;
  const packed = (start: number, end: number): Buffer =>
    Buffer.from(line.toString('latin1', start, end), 'base64');
  const secondTab = tab + 1 + length;
  return {
    name,
    stamp: { size, modifiedMs },
    unit,
    functions,
    costs: (wanted) => unpack(packed(tab + 1, secondTab), unit, wanted),
    lines: (wanted) =>
      undamaged(() => decodeLines(packed(secondTab + 1, line.length), unit, wanted)) ?? new Map(),
  };
}

/** The costs of a record; none where they turn out to be damaged. */
function unpack(packed: Buffer, unit: Unit, wanted?: ReadonlySet<number>): IndexedCost[] {
  const costs: IndexedCost[] = [];
  const unpacked = undamaged(() => {
    decodeCosts(packed, unit, (func, self, total) => {
      if (wanted?.has(func) ?? true) costs.push({ func, self, total });
    });
    return costs;
  });
  return unpacked ?? [];
}

/** What is decoded; `undefined` where it turns out to be damaged. */
function undamaged<Decoded>(decode: () => Decoded): Decoded | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The head of a line; whatever a crash or another program may have left, it is a valid one. */
function parseHead(text: string): RecordHead | undefined {
  try {
    const head = JSON.parse(text) as Partial<Record<keyof RecordHead, unknown>> | null;
    return head !== null && isHead(head) ? head : undefined;
  } catch {
    return undefined;
  }
}

function isHead(head: Partial<Record<keyof RecordHead, unknown>>): head is RecordHead {
  const { name, size, modifiedMs, unit, session, first, added, length, linesLength } = head;
  return (
    typeof name === 'string' &&
    typeof session === 'string' &&
    [size, modifiedMs, first, length, linesLength].every(Number.isFinite) &&
    UNITS.has(unit) &&
    Array.isArray(added) &&
    added.every(isFunction)
  );
}

function isFunction(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [file, name, line] = value as unknown[];
  return typeof file === 'string' && typeof name === 'string' && Number.isInteger(line);
}
