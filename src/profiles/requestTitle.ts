import type { ProfileEntry } from './profileEntry';

/** The request as people write it: `GET /shop/items`; the file's name where no path is known. */
export function requestName({ name, request }: ProfileEntry): string {
  const { method, path } = request.facts;
  if (path === undefined) return name;
  return method === undefined ? path : `${method} ${path}`;
}

/** Title of a view on the profile: `GET /shop/items · 123 ms`. */
export function requestTitle(entry: ProfileEntry): string {
  const duration = entryDurationMs(entry);
  const name = requestName(entry);
  return duration === undefined ? name : `${name} · ${formatDuration(duration)}`;
}

/**
 * How long the request took, in milliseconds; where nothing tells it, what the profile adds up to.
 * `undefined` where that is not known either, or is no time.
 */
export function entryDurationMs({ request, state }: ProfileEntry): number | undefined {
  if (request.facts.durationMs !== undefined) return request.facts.durationMs;
  if (state.kind !== 'readable' || state.summary.unit !== 'seconds') return undefined;
  return state.summary.total * 1000;
}

/** When the request ended (or else started), milliseconds since the Unix epoch. */
export function entryTimeMs({ request }: ProfileEntry): number | undefined {
  return request.facts.endedMs ?? request.facts.startedMs;
}

/** When the first of some requests ended; `undefined` where none is known. */
export function firstTimeMs(entries: readonly (ProfileEntry | undefined)[]): number | undefined {
  const times = entries.flatMap((entry) => (entry && entryTimeMs(entry)) ?? []);
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

/** A duration with three significant digits: `0.42 ms`, `123 ms`, `1.25 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${threeDigits(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${threeDigits(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function threeDigits(value: number): string {
  if (value === 0) return '0';
  const decimals = Math.max(0, Math.min(2, 2 - Math.floor(Math.log10(value))));
  return String(Number(value.toFixed(decimals)));
}
