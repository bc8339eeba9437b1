import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { countsOf } from '../core/formats/stackcollector/counts';
import { GdbmReader, isGdbm } from '../core/formats/stackcollector/gdbm';
import { ProfileError } from '../core/model/errors';
import { groupBy } from '../core/model/groups';
import { NumberList } from '../core/model/numberList';
import { firstIndexes } from '../core/model/typedArrays';
import type { ImportedHistory } from './api';
import { stacksOf } from './pull/stacksampler';
import type { CollectedStacks } from './stacks';
import type { Counts } from './storage/counts';
import { Database } from './storage/database';
import { Intervals } from './storage/intervals';
import { Interner } from './storage/interning';
import { minuteOf, periodOf } from './storage/time';

/** What one transaction stores: a fraction of a second, in which collecting waits. */
const INTERVALS_AT_ONCE = 200;

/** What stackcollector does not keep of a process. */
const UNKNOWN_PROCESS = { name: '', pid: 0, granularity: 0 };

/**
 * Imports the history that nylas-perftools' stackcollector keeps in a gdbm file. Importing it again
 * changes nothing; where the file has grown since, its history takes the place of what was imported.
 * @param database path of the collector's database
 * @param path of the gdbm file, whose name ends in `.pag` or nothing
 * @throws ProfileError where it is no such file
 * @throws DatabaseError where the database cannot be used
 */
export function importStackcollector(database: string, path: string): ImportedHistory {
  const bytes = contentOf(path);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const history = readHistory(bytes);
  const opened = Database.open(database);
  try {
    const isKnown = opened.number('SELECT count(*) FROM imports WHERE digest = ?', digest) > 0;
    if (!isKnown) store(opened, history, { path: resolve(path), digest });
    const { processes, samples, first, last } = history;
    const period = samples > 0 ? periodOf({ from: first, until: last + 1 }) : undefined;
    return { isKnown, processes: processes.size, samples, period };
  } finally {
    opened.close();
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ProfileError(`It cannot be read: ${(error as Error).message}.`, 'broken', {
      cause: error,
    });
  }
}

/** A part of time of one process. */
interface Interval {
  readonly process: number;
  readonly minute: number;
  readonly indexes: Int32Array;
}

/** What a gdbm file holds: a count for each stack, process and time, as parallel lists. */
class GdbmHistory {
  /** Indexes of the folded stacks. */
  readonly stacks = new Map<string, number>();
  /** Indexes of the processes, by `host:port`. */
  readonly processes = new Map<string, number>();
  /** The processes' parts of time, by `index of the process:minute`. */
  readonly intervals = new Map<string, number>();
  readonly intervalOf = NumberList.int32();
  readonly stackOf = NumberList.int32();
  readonly countOf = NumberList.float64();
  samples = 0;
  first = Infinity;
  last = -Infinity;

  /** The parts of time, each with the indexes of its counts. */
  *intervalsByProcess(): Generator<Interval> {
    const counts = firstIndexes(this.stackOf.length);
    const { items, start } = groupBy(counts, this.intervalOf.toArray(), this.intervals.size);
    for (const [key, interval] of this.intervals) {
      const [process = 0, minute = 0] = key.split(':').map(Number);
      yield { process, minute, indexes: items.subarray(start[interval], start[interval + 1]) };
    }
  }

  add(stack: number, process: string, minute: number, samples: number): void {
    const key = `${indexOf(this.processes, process)}:${minute}`;
    this.intervalOf.push(indexOf(this.intervals, key));
    this.stackOf.push(stack);
    this.countOf.push(samples);
    this.samples += samples;
    this.first = Math.min(this.first, minute);
    this.last = Math.max(this.last, minute);
  }
}

function readHistory(bytes: Buffer): GdbmHistory {
  if (!isGdbm(bytes))
    throw new ProfileError(
      'It is no gdbm file: stackcollector keeps its history in one whose name ends in .pag.',
      'unknownFormat',
    );
  const history = new GdbmHistory();
  for (const entry of new GdbmReader(bytes).entries()) {
    const stack = indexOf(history.stacks, entry.key.toString('utf8'));
    for (const { process, timeMs, samples } of countsOf(entry))
      history.add(stack, process, minuteOf(timeMs), samples);
  }
  return history;
}

/**
 * Stores a history in many short transactions, between which others may write. The digest comes last:
 * an import without one was broken off, and the next one of the file takes its place.
 */
function store(
  database: Database,
  history: GdbmHistory,
  { path, digest }: { readonly path: string; readonly digest: string },
): void {
  const imported = database.transaction(() => replaceImport(database, path));
  const intervals = new Intervals(database);
  const processIds = database.transaction(() =>
    [...history.processes.keys()].map((address) =>
      intervals.process({ ...UNKNOWN_PROCESS, ...hostAndPort(address), import: imported }),
    ),
  );
  const stacks = new ImportedStacks(database, [...history.stacks.keys()]);
  const all = [...history.intervalsByProcess()];
  for (let begin = 0; begin < all.length; begin += INTERVALS_AT_ONCE) {
    database.transaction(() => {
      const ids = stacks.ids();
      for (const { process, minute, indexes } of all.slice(begin, begin + INTERVALS_AT_ONCE)) {
        const running: Counts = new Map();
        for (const index of indexes) {
          const stack = ids[history.stackOf.at(index)] ?? 0;
          running.set(stack, (running.get(stack) ?? 0) + history.countOf.at(index));
        }
        intervals.addToMinute(processIds[process] ?? 0, minute, { running, waiting: new Map() });
      }
    });
  }
  database.prepare('UPDATE imports SET digest = ? WHERE id = ?').run(digest, imported);
}

/** Makes room for the history of a file; returns the id of its import. */
function replaceImport(database: Database, path: string): number {
  const before = database.number('SELECT id FROM imports WHERE path = ?', path);
  const processes = 'SELECT id FROM processes WHERE import = ?';
  if (before > 0) {
    database.prepare(`DELETE FROM minutes WHERE process IN (${processes})`).run(before);
    database.prepare(`DELETE FROM hours WHERE process IN (${processes})`).run(before);
    database.prepare('DELETE FROM processes WHERE import = ?').run(before);
    database.prepare('DELETE FROM imports WHERE id = ?').run(before);
  }
  return database.number("INSERT INTO imports (path, digest) VALUES (?, '') RETURNING id", path);
}

function hostAndPort(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) || 0 };
}

/** The ids of an import's stacks, which hold until stacks are removed between two transactions. */
class ImportedStacks {
  readonly #database: Database;
  readonly #stacks: CollectedStacks;
  #ids: readonly number[] = [];
  #removals: number | undefined;

  constructor(database: Database, folded: readonly string[]) {
    this.#database = database;
    this.#stacks = stacksOf(new Map(folded.map((stack) => [stack, 1])), undefined);
  }

  /** In the order of the stacks; within a transaction. */
  ids(): readonly number[] {
    const removals = this.#database.number('SELECT stack_removals FROM state');
    if (removals !== this.#removals)
      this.#ids = new Interner(this.#database).stackIds(this.#stacks);
    this.#removals = removals;
    return this.#ids;
  }
}

function indexOf(indexes: Map<string, number>, key: string): number {
  let index = indexes.get(key);
  if (index === undefined) indexes.set(key, (index = indexes.size));
  return index;
}
