/** A mark of the axis of time. */
export interface ClockTick {
  readonly ms: number;
  readonly label: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Distances of ticks that fall on round times of the day. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];

/** Ticks at round local times from one moment to another: times of the day, and dates at midnight. */
export function clockTicks(fromMs: number, untilMs: number, most: number): ClockTick[] {
  const least = (untilMs - fromMs) / most;
  const step = STEPS_MS.find((each) => each >= least) ?? Math.ceil(least / DAY_MS) * DAY_MS;
  const first = Math.ceil((fromMs + offsetMs(fromMs)) / step) * step;
  const ticks: ClockTick[] = [];
  for (let local = first; ; local += step) {
    const ms = local - offsetMs(local - offsetMs(fromMs));
    if (ms > untilMs) return ticks;
    ticks.push({ ms, label: local % DAY_MS === 0 ? day(ms) : time(ms) });
  }
}

/** Local date and time to the minute: `2026-11-20 14:05`. */
export function formatMinute(ms: number): string {
  return `${day(ms)} ${time(ms)}`;
}

/** Both ends in local time, the second date only where it differs: `2026-11-20 14:00 – 14:15`. */
export function formatRange(fromMs: number, untilMs: number): string {
  const until = day(untilMs) === day(fromMs) ? time(untilMs) : formatMinute(untilMs);
  return `${formatMinute(fromMs)} – ${until}`;
}

/** What local time is ahead of UTC at a moment. */
function offsetMs(ms: number): number {
  return -new Date(ms).getTimezoneOffset() * MINUTE_MS;
}

function day(ms: number): string {
  const date = new Date(ms);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
}

function time(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes()].map(twoDigits).join(':');
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
