/** How long a process is recorded unless said otherwise. */
export const DEFAULT_SECONDS = 10;

/** The longest recording; one that is not stopped ends then. */
export const MOST_SECONDS = 3600;

/** Seconds that somebody typed; `undefined` where it is no whole number within bounds, as samplers want it. */
export function parseSeconds(text: string): number | undefined {
  const seconds = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= MOST_SECONDS ? seconds : undefined;
}
