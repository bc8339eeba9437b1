import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryTimeMs } from '../../profiles/requestTitle';

/** Profiles of the same requests, before and from a moment on. */
export interface Split {
  readonly before: readonly ProfileEntry[];
  readonly after: readonly ProfileEntry[];
}

/** Splits profiles at a moment, in milliseconds since the Unix epoch; those without a time are on neither side. */
export function splitAt(entries: readonly ProfileEntry[], momentMs: number): Split {
  const isBefore = (time: number): boolean => time < momentMs;
  const having = (passes: (time: number) => boolean): ProfileEntry[] =>
    entries.filter((entry) => {
      const time = entryTimeMs(entry);
      return time !== undefined && passes(time);
    });
  return { before: having(isBefore), after: having((time) => !isBefore(time)) };
}

/** The newest of some profiles first; those of which no time is known last. */
export function newestFirst(entries: readonly ProfileEntry[]): ProfileEntry[] {
  return [...entries].sort((one, other) => timeOf(other) - timeOf(one));
}

/**
 * Which of two sides is the one before: several profiles, where the other is a single one that is held
 * against them, else the side whose last profile is the older. Where that is not known, as given.
 */
export function baselineFirst<Side extends { readonly entries: readonly ProfileEntry[] }>(
  one: Side,
  other: Side,
): [before: Side, after: Side] {
  const isSeveral = ({ entries }: Side): boolean => entries.length > 1;
  const lastOf = ({ entries }: Side): number =>
    entries.reduce((last, entry) => Math.max(last, timeOf(entry)), 0);
  const isOtherFirst =
    isSeveral(one) === isSeveral(other) ? lastOf(other) < lastOf(one) : isSeveral(other);
  return isOtherFirst ? [other, one] : [one, other];
}

/** The profiles of each endpoint, the endpoint with the newest profile first. */
export function byEndpoint(
  entries: readonly ProfileEntry[],
  endpoints: ReadonlyMap<ProfileEntry, string>,
): Map<string, readonly ProfileEntry[]> {
  const groups = new Map<string, ProfileEntry[]>();
  for (const entry of newestFirst(entries)) {
    const name = endpoints.get(entry) ?? entry.name;
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}

function timeOf(entry: ProfileEntry): number {
  return entryTimeMs(entry) ?? entry.modifiedMs ?? 0;
}
