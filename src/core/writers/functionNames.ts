import type { Func, Profile } from '../model/profile';
import { printable } from '../text';
import { lossIf } from './losses';
import type { Loss } from './writer';

/** What stands for the file of built-ins, as cProfile writes it. */
const noFile = '~';

/** The file of a function, `~` where it has none; a file of that name keeps apart from those. */
export function fileText({ file }: Pick<Func, 'file'>): string {
  if (file === undefined) return noFile;
  return file === noFile ? `./${noFile}` : file;
}

/**
 * Names for targets that tell functions apart by name and file only: `name:line` where the name is
 * not the only one in its file. Control characters, which would end a line, become blanks.
 */
export function uniqueNames({ functions }: Pick<Profile, 'functions'>): string[] {
  const counts = new Map<string, Map<string, number>>();
  const names = functions.map(({ name }) => printable(name) || '(no name)');
  for (const [func, name] of names.entries()) {
    const file = functions[func]?.file ?? noFile;
    const ofFile = counts.get(file) ?? new Map<string, number>();
    counts.set(file, ofFile.set(name, (ofFile.get(name) ?? 0) + 1));
  }
  return names.map((name, func) => {
    const { file = noFile, line } = functions[func] ?? {};
    return (counts.get(file)?.get(name) ?? 1) > 1 ? `${name}:${line ?? 0}` : name;
  });
}

/** What a target loses that tells functions apart by name and file. */
export function nameLosses(profile: Profile): Loss[] {
  const names = uniqueNames(profile);
  const isChanged = profile.functions.some(({ name }, func) => name !== names[func]);
  return lossIf(
    isChanged,
    'names',
    'Functions with the same name in one file are told apart by their line, behind the name.',
  );
}
