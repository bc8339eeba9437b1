import { UsageError } from './failures';

/**
 * A time of the command line: seconds since the epoch, or ISO 8601, which is local time where it has
 * no zone.
 * @returns milliseconds since the epoch
 * @throws UsageError where it is neither
 */
export function parseTime(text: string): number {
  const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : isoTime(text);
  if (!Number.isNaN(new Date(time).getTime())) return time;
  throw new UsageError(`${text} is no time: give ISO 8601, or seconds since 1970.`);
}

/** A date without a time would be taken for one in UTC. */
function isoTime(text: string): number {
  const isIso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(text);
  return isIso ? new Date(text.length === 10 ? `${text}T00:00` : text).getTime() : NaN;
}
