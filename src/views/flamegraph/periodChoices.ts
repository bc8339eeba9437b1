import type { Period } from '../../core/model/profile';

/** A part of the recorded time that can be chosen by its name. */
export interface NamedPeriod {
  readonly label: string;
  readonly period: Period;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const LAST: readonly (readonly [label: string, lengthMs: number])[] = [
  ['Last minute', MINUTE_MS],
  ['Last 15 minutes', 15 * MINUTE_MS],
  ['Last hour', HOUR_MS],
  ['Last 6 hours', 6 * HOUR_MS],
  ['Last 24 hours', 24 * HOUR_MS],
  ['Last 7 days', 7 * 24 * HOUR_MS],
];

/** The last parts of the recorded time that are shorter than all of it. */
export function lastParts({ fromMs, untilMs }: Period): NamedPeriod[] {
  return LAST.filter(([, lengthMs]) => lengthMs < untilMs - fromMs).map(([label, lengthMs]) => ({
    label,
    period: { fromMs: untilMs - lengthMs, untilMs },
  }));
}

/** Both ends in local time: `2026-11-20 14:00:05 – 15:30:00`, the second day only where it differs. */
export function formatPeriod({ fromMs, untilMs }: Period): string {
  const [day, from] = dayAndTime(fromMs);
  const [lastDay, until] = dayAndTime(untilMs);
  return `${day} ${from} – ${lastDay === day ? '' : `${lastDay} `}${until}`;
}

/** Local time as it can be typed: `2026-11-20 14:00:05`. */
export function formatMoment(ms: number): string {
  return dayAndTime(ms).join(' ');
}

/**
 * The moment that was typed, in milliseconds since the epoch: a local date and time, or a time of
 * the day of `nearMs`. `undefined` where it is neither.
 */
export function parseMoment(text: string, nearMs: number): number | undefined {
  const typed = /^\s*(?:(\d{4}-\d\d-\d\d)[ T]+)?(\d{1,2}):(\d\d)(?::(\d\d))?\s*$/.exec(text);
  if (!typed) return undefined;
  const [, day = dayAndTime(nearMs)[0], hour = '', minute = '', second = '00'] = typed;
  const ms = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second}`);
  return Number.isNaN(ms) ? undefined : ms;
}

function dayAndTime(ms: number): [day: string, time: string] {
  const date = new Date(ms);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return [day.map(twoDigits).join('-'), time.map(twoDigits).join(':')];
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
