const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time as seen from now, to the minute: `just now`, `2 min ago`, `3 h ago`, `4 d ago`, `2026-10-01`. */
export function relativeTime(timeMs: number, nowMs: number): string {
  const age = nowMs - timeMs;
  if (age < MINUTE && age > -MINUTE) return 'just now';
  if (age < 0 || age >= 30 * DAY) return isoDate(timeMs);
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  return `${Math.floor(age / DAY)} d ago`;
}

/** Date and time on this system's clock: `2026-10-01 14:05:09`. */
export function localTime(timeMs: number): string {
  const date = new Date(timeMs);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${isoDate(timeMs)} ${time.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

function isoDate(timeMs: number): string {
  const date = new Date(timeMs);
  if (Number.isNaN(date.getTime())) return 'date unknown';
  const month = String(date.getMonth() + 1).padStart(2, '0');
  const day = String(date.getDate()).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${day}`;
}
