import { readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';

export function readCallgrind(text: string, metric?: string): Profile {
  return readProfile({ bytes: Buffer.from(text), name: '', choice: { metric } });
}

/** Lines of a function: `file:line` to hits, self and total. */
export function linesOf(profile: Profile, name: string): unknown[] {
  return profile.lines
    .filter(({ func }) => profile.functions[func]?.name === name)
    .map(({ file, line, hits, self, total }) => [`${file}:${line}`, hits, self, total]);
}
