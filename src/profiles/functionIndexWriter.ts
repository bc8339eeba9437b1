import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, mkdirSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Unit } from '../core/model/profile';
import { encodeCosts, type IndexedCost } from './functionIndexCodec';
import { encodeLines, type IndexedLine, type IndexedLines } from './functionIndexLines';
import { headOf, INDEX_HEAD, INDEX_KIND, openToAppend } from './functionIndexFile';
import type { IndexedFunction, RecordHead } from './functionIndexReader';
import type { FileStamp } from './profileFile';

/** What is written of one profile. */
export interface IndexEntry {
  readonly name: string;
  readonly stamp: FileStamp;
  readonly unit: Unit;
  /** Those that cost something, with their costs. */
  readonly functions: readonly IndexedEntryFunction[];
}

/** A function with what it and its lines cost. */
export interface IndexedEntryFunction extends IndexedFunction, Omit<IndexedCost, 'func'> {
  /** Those that cost something, where the profile tells it. */
  readonly lines?: readonly IndexedLine[] | undefined;
}

/** The functions that were written to one file, and how that file was left. */
interface Session {
  readonly id: string;
  readonly numbers: Map<string, number>;
  readonly inode: number;
  /** Bytes; of a shorter file something was taken away. */
  size: number;
}

/** There is something in the place of the index that is none. */
class ForeignFileError extends Error {
  override readonly name = 'ForeignFileError';
}

/** Failures that mean: not here. */
const REFUSALS: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'ELOOP', 'EISDIR']);

/**
 * Appends profiles to indexes, one line each in one write, so that several windows may write to
 * the same one. Each writer numbers functions by itself and names each of them once.
 */
export class FunctionIndexWriter {
  readonly #sessions = new Map<string, Session>();

  /**
   * Appends a profile to the index at `path`, which is made when it is not there.
   * @returns whether it may be written there: not in a read-only directory, nor through a symbolic
   *   link, nor into another program's file
   * @throws the system's error where it can, and fails
   */
  append(path: string, entry: IndexEntry): boolean {
    try {
      this.#append(path, entry);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof ForeignFileError || REFUSALS.has(code)) return false;
      throw error;
    }
  }

  #append(path: string, entry: IndexEntry): void {
    mkdirSync(dirname(path), { recursive: true });
    const file = openToAppend(path);
    try {
      const session = this.#sessionFor(path, file);
      // If the write fails, what was to be named was not.
      this.#sessions.delete(path);
      const { size } = fstatSync(file);
      const line = (endsLine(file, size) ? '' : '\n') + lineOf(entry, session);
      const bytes = Buffer.from(line, 'utf8');
      if (writeSync(file, bytes) < bytes.length) throw new Error(`${path} could not be written.`);
      session.size = size + bytes.length;
      this.#sessions.set(path, session);
    } finally {
      closeSync(file);
    }
  }

  #sessionFor(path: string, file: number): Session {
    const { ino, size } = fstatSync(file);
    const known = this.#sessions.get(path);
    if (known?.inode === ino && size >= known.size) return known;
    const length = begin(path, file, size);
    return { id: randomUUID(), numbers: new Map(), inode: ino, size: length };
  }
}

/** Makes sure that the file is an index of this version; returns its length. */
function begin(path: string, file: number, size: number): number {
  const head = headOf(file);
  if (head === INDEX_HEAD) return size;
  if (size > 0 && !head.startsWith(INDEX_KIND)) {
    throw new ForeignFileError(`${path} is not an index of Hotline's.`);
  }
  ftruncateSync(file);
  return writeSync(file, INDEX_HEAD);
}

/** Whether the last line is complete; one that a crash has torn is closed before the next. */
function endsLine(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] === 10;
}

function lineOf({ name, stamp, unit, functions }: IndexEntry, session: Session): string {
  const first = session.numbers.size;
  const added: RecordHead['added'][number][] = [];
  const lines: IndexedLines[] = [];
  const costs = functions.map(({ file, name: funcName, line, self, total, lines: ofFunction }) => {
    const key = `${line} ${funcName}\0${file}`;
    let func = session.numbers.get(key);
    if (func === undefined) {
      session.numbers.set(key, (func = session.numbers.size));
      added.push([file, funcName, line]);
    }
    if (ofFunction) lines.push({ func, lines: ofFunction });
    return { func, self, total };
  });
  const packed = encodeCosts(costs, unit).toString('base64');
  const packedLines = encodeLines(lines, unit).toString('base64');
  const head: RecordHead = {
    ...{ name, ...stamp, unit, session: session.id, first, added },
    length: packed.length,
    linesLength: packedLines.length,
  };
  return `${JSON.stringify(head)}\t${packed}\t${packedLines}\n`;
}
