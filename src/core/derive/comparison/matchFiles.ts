import { bestSuffixMatch, isLibraryPath, libraryPath } from '../../sourcePath';

/** By the path of a file before, the path of the same file after. */
export type FilePairs = ReadonlyMap<string, string>;

/**
 * Finds the files that are the same on both sides, each at most once: by their paths; of installed
 * packages and the standard library by the path within these, so that another virtual environment,
 * a container or another Python does not matter; of a project that is somewhere else by the ends of
 * the paths, as far as both sides agree on them.
 */
export function matchFiles(before: ReadonlySet<string>, after: ReadonlySet<string>): FilePairs {
  const same = [...before].filter((file) => after.has(file));
  const left = [...before].filter((file) => !after.has(file));
  const leftAfter = [...after].filter((file) => !before.has(file));
  const pairs = new Map(same.map((file) => [file, file]));
  for (const [file, other] of pairsByKey(left, leftAfter, libraryPath)) pairs.set(file, other);
  const moved = pairsByEnd(left.filter(isOwn), leftAfter.filter(isOwn));
  // A project is in one place: where most of it stayed, the ends of two paths are alike by chance.
  if (moved.length > same.filter(isOwn).length)
    for (const [file, other] of moved) pairs.set(file, other);
  return pairs;
}

function isOwn(file: string): boolean {
  return !isLibraryPath(file);
}

/** Pairs of what has the same key, where nothing else of its side has it. */
function pairsByKey(
  before: readonly string[],
  after: readonly string[],
  keyOf: (file: string) => string | undefined,
): [string, string][] {
  const candidates = groupedBy(after, keyOf);
  return [...groupedBy(before, keyOf)].flatMap(([key, [file = '', ...more]]) => {
    const [other, ...others] = candidates.get(key) ?? [];
    const isClear = other !== undefined && more.length + others.length === 0;
    return isClear ? [[file, other] as [string, string]] : [];
  });
}

function pairsByEnd(before: readonly string[], after: readonly string[]): [string, string][] {
  const ofBefore = groupedBy(before, fileName);
  const ofAfter = groupedBy(after, fileName);
  return [...ofBefore].flatMap(([name, files]) => {
    const others = ofAfter.get(name) ?? [];
    return files.flatMap((file) => {
      const other = bestSuffixMatch(file, others);
      if (other === undefined || bestSuffixMatch(other, files) !== file) return [];
      return isConvincing(file, other) ? [[file, other] as [string, string]] : [];
    });
  });
}

/** Last segment of a path: files of different names have no end in common. */
function fileName(file: string): string | undefined {
  return segmentsOf(file).at(-1)?.toLowerCase();
}

/** Whether not only the name is the same: `store/views.py` and `orders/views.py` of one project are two. */
function isConvincing(file: string, other: string): boolean {
  const [own, others] = [segmentsOf(file), segmentsOf(other)];
  return own.at(-2) === others.at(-2) || own[0] !== others[0];
}

function segmentsOf(file: string): string[] {
  return file.split(/[\\/]/).filter((segment) => segment !== '');
}

function groupedBy(
  files: readonly string[],
  keyOf: (file: string) => string | undefined,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const key = keyOf(file);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  return groups;
}
