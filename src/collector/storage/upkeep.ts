import type { Retention } from '../api';
import { decodeCounts } from './counts';
import { bytesOf, numberOf, type Database } from './database';
import { Intervals } from './intervals';
import { NO_PARENT } from './interning';
import { HOUR, hourOf, minuteOf } from './time';

/** An hour is made of its minutes so many minutes after it is over: then the last pull of it is in. */
const LATE = 5;

/** Of what may be kept, the part that is left when too much was. */
const LEFT_SHARE = 0.95;

/** Roughly what a stack takes with its frame and their indexes. */
const STACK_BYTES = 100;

/** Of all time, the part that one step removes where most space is taken by its stacks. */
const REMOVED_SHARE = 1 / 16;

/** Pages that one step gives back to the disk. */
const SHRINK_PAGES = 2000;

/**
 * Keeps a database small: rolls minutes up to hours, drops old minutes, and removes the oldest where
 * there is too much. Works in steps of one transaction each, so that whoever runs it may do other
 * things in between and end at any moment.
 */
export class Upkeep {
  readonly #database: Database;
  readonly #intervals: Intervals;

  constructor(database: Database) {
    this.#database = database;
    this.#intervals = new Intervals(database);
  }

  /** The steps of one run, for the caller to go through at its own pace. */
  *run(retention: Retention, nowMs: number): Generator<undefined, void, undefined> {
    yield* this.#rollUp(minuteOf(nowMs) - LATE);
    yield* this.#dropMinutes(hourOf(minuteOf(nowMs - retention.minutesMs)));
    yield* this.#limit(retention.maximumBytes);
  }

  *#rollUp(now: number): Generator<undefined> {
    for (;;) {
      const hour = this.#firstHour(now);
      if (hour === undefined) return;
      this.#database.transaction(() => {
        this.#intervals.rollUp(hour, hour + HOUR);
      });
      yield;
    }
  }

  /** The first hour that is over and has minutes that are not in it. */
  #firstHour(now: number): number | undefined {
    const row = this.#database
      .prepare('SELECT min(start) AS start FROM minutes WHERE is_in_hour = 0')
      .get();
    if (!row || row['start'] === null) return undefined;
    const hour = hourOf(numberOf(row, 'start'));
    return hour + HOUR <= now ? hour : undefined;
  }

  *#dropMinutes(before: number): Generator<undefined> {
    for (;;) {
      const dropped = this.#database.transaction(() => {
        const first = this.#database.number('SELECT min(start) FROM minutes WHERE is_in_hour = 1');
        if (first === 0 || first >= before) return false;
        const until = hourOf(first) + HOUR;
        this.#delete('minutes', until, 'AND is_in_hour = 1');
        this.#database
          .prepare('UPDATE state SET minutes_from = ? WHERE minutes_from < ?')
          .run(until, until);
        return true;
      });
      if (!dropped) return;
      yield;
    }
  }

  *#limit(maximumBytes: number): Generator<undefined> {
    if (this.#database.usedBytes() > maximumBytes) {
      yield* this.#reduce(maximumBytes * LEFT_SHARE);
      this.#removeUnusedProcesses();
    }
    yield* this.#shrink();
  }

  *#reduce(maximumBytes: number): Generator<undefined> {
    while (this.#database.usedBytes() > maximumBytes) {
      const isMuchUnused = this.#areStacksMost();
      const isRemoved = this.#database.transaction(() => {
        const removed = this.#removeOldest(isMuchUnused ? REMOVED_SHARE : 0);
        if (isMuchUnused) this.#removeUnusedStacks();
        return removed;
      });
      if (!isRemoved) return;
      yield;
    }
  }

  /** Looking which stacks are unused reads everything: it must be worth it. */
  #areStacksMost(): boolean {
    const stacks = this.#database.number('SELECT count(*) FROM stacks');
    return stacks * STACK_BYTES > this.#database.usedBytes() / 2;
  }

  /** Those of an import may be about to get their first samples. */
  #removeUnusedProcesses(): void {
    this.#database
      .prepare(
        'DELETE FROM processes WHERE import = 0 AND id NOT IN (SELECT process FROM minutes UNION SELECT process FROM hours)',
      )
      .run();
  }

  /** Gives unused pages back to the disk, as long as that is possible. */
  *#shrink(): Generator<undefined> {
    let unused = this.#database.unusedPages();
    while (unused > 0) {
      this.#database.shrink(SHRINK_PAGES);
      const left = this.#database.unusedPages();
      if (left >= unused) return;
      unused = left;
      yield;
    }
  }

  /**
   * Removes the oldest hour, or so much of all time; returns false where there is nothing.
   * @param share of the time, from 0 to 1
   */
  #removeOldest(share: number): boolean {
    const { oldest, newest } = this.#database.prepare(ENDS).get() ?? {};
    if (typeof oldest !== 'number' || typeof newest !== 'number') return false;
    const until = hourOf(oldest + share * (newest - oldest)) + HOUR;
    for (const table of ['minutes', 'hours']) this.#delete(table, until);
    return true;
  }

  #delete(table: string, before: number, condition = ''): void {
    this.#database.prepare(`DELETE FROM ${table} WHERE start < ? ${condition}`).run(before);
  }

  #removeUnusedStacks(): void {
    const used = new Set<number>();
    for (const table of ['minutes', 'hours']) {
      const rows = this.#database.prepare(`SELECT running_counts, waiting_counts FROM ${table}`);
      for (const row of rows.iterate()) {
        for (const column of ['running_counts', 'waiting_counts'])
          for (const [stack] of decodeCounts(bytesOf(row, column))) used.add(stack);
      }
    }
    const stacks = this.#database.prepare('SELECT id, parent FROM stacks ORDER BY id DESC').all();
    const remove = this.#database.prepare('DELETE FROM stacks WHERE id = ?');
    // A caller is stored before what it calls: going backwards meets those that need it first.
    for (const row of stacks) {
      const [id, parent] = [numberOf(row, 'id'), numberOf(row, 'parent')];
      if (!used.has(id)) remove.run(id);
      else if (parent !== NO_PARENT) used.add(parent);
    }
    this.#database.prepare('DELETE FROM frames WHERE id NOT IN (SELECT frame FROM stacks)').run();
    this.#database.prepare('UPDATE state SET stack_removals = stack_removals + 1').run();
  }
}

/** Each alone, as an index answers it. */
const ENDS = `
  SELECT min(oldest) AS oldest, max(newest) AS newest FROM (
    SELECT (SELECT min(start) FROM hours) AS oldest, (SELECT max(start) FROM hours) AS newest
    UNION ALL SELECT (SELECT min(start) FROM minutes), (SELECT max(start) FROM minutes)
  )`;
