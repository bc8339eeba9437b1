import type { CollectedQuery } from '../api';
import type { Database } from './database';
import { hourOf, HOUR, minutesOf, nextHour, type Minutes } from './time';

/** The minutes that a query gets. */
export interface SelectedMinutes extends Minutes {
  /** Whether they are more than was asked for, since only the hours of some are kept. */
  readonly isWidened: boolean;
}

/** The minutes of a query: whole hours where its ends lie in a time of which minutes are dropped. */
export function selectMinutes(database: Database, { period }: CollectedQuery): SelectedMinutes {
  const asked = minutesOf(period);
  const kept = database.number('SELECT minutes_from FROM state');
  const from = asked.from < kept ? hourOf(asked.from) : asked.from;
  const until = asked.until < kept ? nextHour(asked.until) : asked.until;
  return { from, until, isWidened: from < asked.from || until > asked.until };
}

/** What the statements below are given, in the order of their parameters. */
export type RangeValues = [number, number, number, number, number, number, number, number];

/**
 * A statement for some columns of all rows that make up a time: its whole hours, of these what came
 * too late for its hour, and the minutes before and behind them.
 */
export function rowsSql(columns: string): string {
  return `
    SELECT ${columns} FROM hours WHERE start >= ? AND start < ?
    UNION ALL SELECT ${columns} FROM minutes WHERE is_in_hour = 0 AND start >= ? AND start < ?
    UNION ALL SELECT ${columns} FROM minutes WHERE start >= ? AND start < ?
    UNION ALL SELECT ${columns} FROM minutes WHERE start >= ? AND start < ?`;
}

/** The parameters of `rowsSql`. */
export function rowsValues({ from, until }: Minutes): RangeValues {
  const first = nextHour(from);
  const last = hourOf(until);
  if (last - first < HOUR) return [0, 0, 0, 0, from, until, 0, 0];
  return [first, last, first, last, from, first, last, until];
}

/**
 * A statement for some columns of all rows of a time by the minute, and by the hour where minutes
 * are dropped.
 */
export function fineRowsSql(columns: string): string {
  return `
    SELECT ${columns} FROM minutes WHERE start >= ? AND start < ?
    UNION ALL SELECT ${columns} FROM hours
      WHERE start >= ? AND start < ? AND start < (SELECT minutes_from FROM state)`;
}

/** The parameters of `fineRowsSql`. */
export function fineRowsValues({ from, until }: Minutes): [number, number, number, number] {
  return [from, until, from, until];
}
