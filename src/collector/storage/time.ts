import type { Period } from '../../core/model/profile';

/** Milliseconds of the unit in which the database counts time. */
export const MINUTE_MS = 60_000;

/** Minutes of an hour. */
export const HOUR = 60;

/** The minute since the epoch that a moment lies in. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}

/** The first minute of the hour that a minute lies in. */
export function hourOf(minute: number): number {
  return Math.floor(minute / HOUR) * HOUR;
}

/** The first minute of the next hour, or the minute itself where it is the first of one. */
export function nextHour(minute: number): number {
  return Math.ceil(minute / HOUR) * HOUR;
}

/** Minutes from and until, which does not belong to them. */
export interface Minutes {
  readonly from: number;
  readonly until: number;
}

/** The minutes that a period touches, whose own end does not belong to it. */
export function minutesOf({ fromMs, untilMs }: Period): Minutes {
  return { from: minuteOf(fromMs), until: Math.ceil(untilMs / MINUTE_MS) };
}

/** When minutes begin and end. */
export function periodOf({ from, until }: Minutes): Period {
  return { fromMs: from * MINUTE_MS, untilMs: until * MINUTE_MS };
}
