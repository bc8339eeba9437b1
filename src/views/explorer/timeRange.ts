import type { Period } from '../../core/model/profile';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryTimeMs } from '../../profiles/requestTitle';

const MINUTE_MS = 60_000;

/** A part of the time, and what it is called. */
export interface TimeRange {
  readonly name: string;
  readonly period: Period;
}

/** The profiles whose requests ended within a part of the time. */
export function entriesWithin(
  entries: readonly ProfileEntry[],
  { fromMs, untilMs }: Period,
): ProfileEntry[] {
  return entries.filter((entry) => {
    const time = entryTimeMs(entry);
    return time !== undefined && time >= fromMs && time <= untilMs;
  });
}

/** The parts of the time that can be chosen by their names. */
export function namedRanges(nowMs: number): TimeRange[] {
  const range = (name: string, fromMs: number): TimeRange => ({
    name,
    period: { fromMs, untilMs: nowMs },
  });
  return [
    range('Last 15 minutes', nowMs - 15 * MINUTE_MS),
    range('Last hour', nowMs - 60 * MINUTE_MS),
    range('Today', new Date(nowMs).setHours(0, 0, 0, 0)),
  ];
}

/** From the first to the last of the requests; the moment where no time is known. */
export function recordedPeriod(entries: readonly ProfileEntry[], nowMs: number): Period {
  const times = entries.flatMap((entry) => entryTimeMs(entry) ?? []);
  return {
    fromMs: times.reduce((first, time) => Math.min(first, time), times[0] ?? nowMs),
    untilMs: times.reduce((last, time) => Math.max(last, time), times[0] ?? nowMs),
  };
}
