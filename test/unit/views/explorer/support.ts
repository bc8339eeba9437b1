import type { ProfileEntry } from '../../../../src/profiles/profileEntry';

/** An entry of which the name told this. */
export function entry(
  facts: ProfileEntry['request']['facts'],
  rest: Partial<Omit<ProfileEntry, 'request'>> = {},
): ProfileEntry {
  const name = `${facts.path ?? 'x'}.${facts.durationMs ?? ''}.prof`;
  return {
    path: `/profiles/${name}`,
    directory: '/profiles',
    name,
    request: { facts, sources: {} },
    modifiedMs: undefined,
    size: undefined,
    state: { kind: 'unchecked' },
    ...rest,
  };
}
