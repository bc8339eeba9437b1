import type { Period } from '../core/model/profile';

/** What was typed is no time; the message is one sentence on what is wrong with it. */
export class TimeRangeError extends Error {
  override readonly name = 'TimeRangeError';
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Units by how they may be written. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^s(ec(ond)?s?)?$/i, SECOND_MS],
  [/^m(in(ute)?s?)?$/i, MINUTE_MS],
  [/^h((ou)?rs?)?$/i, HOUR_MS],
  [/^d(ays?)?$/i, DAY_MS],
  [/^w(eeks?)?$/i, 7 * DAY_MS],
];

const RELATIVE = /^-?\s*(\d+(?:\.\d+)?)\s*([a-z]+)(?:\s+ago)?$/i;
const TIME_OF_DAY = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * The time between two moments as a person types them, see `parseMoment`.
 * @throws TimeRangeError where one is none, or they are in the wrong order
 */
export function parseTimeRange(from: string, until: string, nowMs: number): Period {
  const period = { fromMs: parseMoment(from, nowMs), untilMs: parseMoment(until, nowMs) };
  if (period.fromMs < period.untilMs) return period;
  throw new TimeRangeError(`“${from.trim()}” is not before “${until.trim()}”.`);
}

/**
 * A moment as a person types it: `now`; so long ago, `-15minutes`, `-2h`, `3 days ago`; local time,
 * `2026-11-20 14:00`, with its day at midnight where the time is left out; ISO 8601 with a zone; or
 * a time of today, `14:00`.
 * @returns milliseconds since the epoch
 * @throws TimeRangeError where it is none of these
 */
export function parseMoment(text: string, nowMs: number): number {
  const typed = text.trim();
  const moment =
    typed.toLowerCase() === 'now'
      ? nowMs
      : (relativeMoment(typed, nowMs) ?? timeOfDay(typed, nowMs) ?? isoMoment(typed));
  if (moment !== undefined && !Number.isNaN(new Date(moment).getTime())) return moment;
  throw new TimeRangeError(
    `“${typed}” is no time: give -15minutes, -2h, now, 14:00 or 2026-11-20 14:00.`,
  );
}

function relativeMoment(typed: string, nowMs: number): number | undefined {
  const [, amount = '', name = ''] = RELATIVE.exec(typed) ?? [];
  const unit = UNITS.find(([pattern]) => pattern.test(name));
  return unit && nowMs - Number(amount) * unit[1];
}

function timeOfDay(typed: string, nowMs: number): number | undefined {
  const found = TIME_OF_DAY.exec(typed);
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part || 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return new Date(nowMs).setHours(hours, minutes, seconds, 0);
}

/** A date without a time would be taken for one in UTC. */
function isoMoment(typed: string): number | undefined {
  const [, day, time = '00:00', zone = ''] = ISO.exec(typed) ?? [];
  if (day === undefined) return undefined;
  const ms = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return isDay(day) ? ms : undefined;
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
