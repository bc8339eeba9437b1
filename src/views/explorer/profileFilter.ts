import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryDurationMs, requestName } from '../../profiles/requestTitle';

/** Which profiles are shown. */
export interface ProfileFilter {
  /** Lower case; every one must occur. */
  readonly words: readonly string[];
  readonly minimumMs: number;
}

const MILLISECONDS = new Map([
  ['', 1],
  ['ms', 1],
  ['s', 1_000],
  ['min', 60_000],
]);

/** What is asked for in the filter's input box. */
export const FILTER_PROMPT =
  'Words that must occur in the request or the file name, and a minimum duration, for example: items >100ms';

/**
 * Reads a filter such as `items get >1.5s`: words, and a minimum duration behind `>` in `ms` (also
 * when no unit is given), `s` or `min`.
 * @returns the filter, or one sentence on what is wrong with the text
 */
export function parseFilter(text: string): ProfileFilter | string {
  const words: string[] = [];
  let minimumMs = 0;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!word.startsWith('>')) words.push(word.toLowerCase());
    else {
      const [, amount, unit = ''] = /^>=?(\d+(?:\.\d+)?)(ms|s|min)?$/.exec(word) ?? [];
      if (amount === undefined) {
        return `“${word}” is not a minimum duration: write for example >100ms or >1.5s.`;
      }
      minimumMs = Number(amount) * (MILLISECONDS.get(unit) ?? 1);
    }
  }
  return { words, minimumMs };
}

/** Whether the profile is shown. One of unknown duration passes no minimum. */
export function passes(entry: ProfileEntry, { words, minimumMs }: ProfileFilter): boolean {
  if (minimumMs > 0 && !((entryDurationMs(entry) ?? 0) >= minimumMs)) return false;
  if (words.length === 0) return true;
  const { query = '', status = '' } = entry.request.facts;
  const text = `${requestName(entry)} ${entry.name} ${query} ${status}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
