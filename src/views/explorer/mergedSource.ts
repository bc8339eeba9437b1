import type { MergedSource } from '../../core/profileSource';
import { UserError } from '../../platform/errors';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { grouped } from './rowText';

/** Profiles that are merged at most: a tab remembers the path of each. */
const MAXIMUM_PROFILES = 10_000;

/**
 * Several profiles as one.
 * @param name what they have in common, `undefined` for nothing
 * @throws UserError when there is none, or too many
 */
export function mergedSource(
  entries: readonly ProfileEntry[],
  name: string | undefined,
): MergedSource {
  if (entries.length === 0) throw new UserError('There is no profile to aggregate.');
  if (entries.length > MAXIMUM_PROFILES) {
    throw new UserError(
      `These are ${grouped(entries.length)} profiles, and Hotline aggregates up to ${grouped(MAXIMUM_PROFILES)}: filter them, or choose a shorter time.`,
    );
  }
  const count = `${grouped(entries.length)} ${entries.length === 1 ? 'profile' : 'profiles'}`;
  return {
    title: name === undefined ? count : `${name} · ${count}`,
    paths: entries.map(({ path }) => path),
  };
}
