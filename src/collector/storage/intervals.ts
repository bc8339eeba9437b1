import { addCounts, encodeCounts, type Counts } from './counts';
import { bytesOf, numberOf, type Database } from './database';
import type { InternedCounts } from './interning';
import { hourOf } from './time';

/** A process as it is stored; what is unknown is empty or 0. */
export interface ProcessKey {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly pid: number;
  /** Seconds that a sample stands for. */
  readonly granularity: number;
  /** Id of the import that it came by; 0 where it was collected. */
  readonly import: number;
}

type Table = 'minutes' | 'hours';

/** Writes what processes did in parts of time; all within a transaction of the caller. */
export class Intervals {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Id of a process, which is added where it is new. */
  process({ host, port, name, pid, granularity, import: imported }: ProcessKey): number {
    const values = [host, port, name, pid, granularity, imported];
    const found = this.#database.number(
      'SELECT id FROM processes WHERE host = ? AND port = ? AND name = ? AND pid = ? AND granularity = ? AND import = ?',
      ...values,
    );
    return found > 0
      ? found
      : this.#database.number(
          'INSERT INTO processes (host, port, name, pid, granularity, import) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
          ...values,
        );
  }

  /** Adds samples to a minute, and to its hour where that has the minute's already. */
  addToMinute(process: number, minute: number, counts: InternedCounts): void {
    const isInHour = this.#database.number(
      'SELECT is_in_hour FROM minutes WHERE start = ? AND process = ?',
      minute,
      process,
    );
    this.#add('minutes', process, minute, counts);
    if (isInHour) this.#add('hours', process, hourOf(minute), counts);
  }

  /** Adds the minutes of an hour that are not in it yet. */
  rollUp(hour: number, until: number): void {
    const rows = this.#database
      .prepare(
        'SELECT process, running_counts, waiting_counts FROM minutes WHERE is_in_hour = 0 AND start >= ? AND start < ?',
      )
      .all(hour, until);
    const sums = new Map<number, InternedCounts>();
    for (const row of rows) {
      const process = numberOf(row, 'process');
      let sum = sums.get(process);
      if (!sum) sums.set(process, (sum = { running: new Map(), waiting: new Map() }));
      addCounts(sum.running, bytesOf(row, 'running_counts'));
      addCounts(sum.waiting, bytesOf(row, 'waiting_counts'));
    }
    for (const [process, counts] of sums) this.#add('hours', process, hour, counts);
    this.#database
      .prepare(
        'UPDATE minutes SET is_in_hour = 1 WHERE is_in_hour = 0 AND start >= ? AND start < ?',
      )
      .run(hour, until);
  }

  #add(table: Table, process: number, start: number, counts: InternedCounts): void {
    const row = this.#database
      .prepare(
        `SELECT running_counts, waiting_counts FROM ${table} WHERE start = ? AND process = ?`,
      )
      .get(start, process);
    const running = new Map(counts.running);
    const waiting = new Map(counts.waiting);
    if (row) {
      addCounts(running, bytesOf(row, 'running_counts'));
      addCounts(waiting, bytesOf(row, 'waiting_counts'));
    }
    const values = [sumOf(running), sumOf(waiting), encodeCounts(running), encodeCounts(waiting)];
    this.#database
      .prepare(
        row
          ? `UPDATE ${table} SET running = ?, waiting = ?, running_counts = ?, waiting_counts = ? WHERE start = ? AND process = ?`
          : INSERTIONS[table],
      )
      .run(...values, start, process);
  }
}

const INSERTIONS: Readonly<Record<Table, string>> = {
  minutes:
    'INSERT INTO minutes (running, waiting, running_counts, waiting_counts, start, process, is_in_hour) VALUES (?, ?, ?, ?, ?, ?, 0)',
  hours:
    'INSERT INTO hours (running, waiting, running_counts, waiting_counts, start, process) VALUES (?, ?, ?, ?, ?, ?)',
};

function sumOf(counts: Counts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
