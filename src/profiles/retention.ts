import type { ProfileEntry } from './profileEntry';
import { entryTimeMs } from './requestTitle';

const DAY_MS = 86_400_000;
const MEBIBYTE = 1024 * 1024;

/** How much of a profile directory is kept; 0 for no limit. */
export interface RetentionLimits {
  readonly maxFiles: number;
  /** Days. */
  readonly maxAge: number;
  /** MiB of all profiles of a directory together. */
  readonly maxSize: number;
}

/** A profile that is too much, and the setting that says so. */
export interface Excess {
  readonly entry: ProfileEntry;
  readonly limit: keyof RetentionLimits;
}

/** Whether anything is limited. */
export function isLimited({ maxFiles, maxAge, maxSize }: RetentionLimits): boolean {
  return maxFiles > 0 || maxAge > 0 || maxSize > 0;
}

/**
 * The profiles of one directory that are beyond the limits, the oldest first. What is known to be
 * no profile neither counts nor is among them. A profile is as old as its request or its file,
 * whichever is younger, so that one that was copied here is not taken away at once.
 *
 * @param entries that were looked at
 */
export function excessProfiles(
  entries: readonly ProfileEntry[],
  { maxFiles, maxAge, maxSize }: RetentionLimits,
  nowMs: number,
): Excess[] {
  const newestFirst = entries
    .filter(({ state, modifiedMs }) => state.kind !== 'unreadable' && modifiedMs !== undefined)
    .sort((one, other) => youngestTimeMs(other) - youngestTimeMs(one));
  let bytes = 0;
  const limitOf = (entry: ProfileEntry, position: number): keyof RetentionLimits | undefined => {
    bytes += entry.size ?? 0;
    if (maxAge > 0 && nowMs - youngestTimeMs(entry) > maxAge * DAY_MS) return 'maxAge';
    if (maxFiles > 0 && position >= maxFiles) return 'maxFiles';
    return maxSize > 0 && bytes > maxSize * MEBIBYTE ? 'maxSize' : undefined;
  };
  return newestFirst
    .flatMap((entry, position) => {
      const limit = limitOf(entry, position);
      return limit === undefined ? [] : [{ entry, limit }];
    })
    .reverse();
}

function youngestTimeMs(entry: ProfileEntry): number {
  return Math.max(entryTimeMs(entry) ?? 0, entry.modifiedMs ?? 0);
}
