import { isLibraryPath } from '../../core/sourcePath';

/** Files that are looked for at the same time. */
const AT_ONCE = 64;

/**
 * Which files are a library's: 1 for those outside the workspace, as far as its files are found. Of a
 * program that is not on this machine, for those that its paths tell to be installed.
 *
 * @param files profiled paths
 * @param isOwnFile whether a path means a file of the workspace's own
 */
export async function libraryFlags(
  files: readonly string[],
  isOwnFile: (file: string) => Promise<boolean>,
): Promise<Uint8Array> {
  const flags = new Uint8Array(files.length);
  for (let first = 0; first < files.length; first += AT_ONCE) {
    const batch = files.slice(first, first + AT_ONCE);
    const own = await Promise.all(
      batch.map(async (file) => !isLibraryPath(file) && (await isOwnFile(file))),
    );
    for (const [index, isOwn] of own.entries()) flags[first + index] = Number(!isOwn);
  }
  return flags.includes(0) ? flags : installedFlags(files);
}

/** Which files are a library's, as far as their paths tell: 1 for what is installed. */
export function installedFlags(files: readonly string[]): Uint8Array {
  return Uint8Array.from(files, (file) => Number(isLibraryPath(file)));
}
