import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What there is under the path of a profile directory. */
export type Found =
  | { readonly kind: 'directory'; readonly stats: Stats }
  | { readonly kind: 'missing' }
  /** `reason` continues a sentence that begins with the path. */
  | { readonly kind: 'problem'; readonly reason: string };

/** Looks at the path; follows links. */
export async function find(path: string): Promise<Found> {
  try {
    const stats = await stat(path);
    return stats.isDirectory()
      ? { kind: 'directory', stats }
      : { kind: 'problem', reason: 'is not a directory.' };
  } catch (error) {
    return foundBy(error);
  }
}

/** What a failed look at a directory, or a failed listing of it, means. */
export function foundBy(error: unknown): Found {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return { kind: 'missing' };
    case 'ENOTDIR':
      return { kind: 'problem', reason: 'is not a directory.' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'problem', reason: 'cannot be listed: you have no permission.' };
    case undefined:
    default:
      return { kind: 'problem', reason: `cannot be listed (${code ?? String(error)}).` };
  }
}

/** Equal for two looks between which nothing was added, removed, mounted or forbidden. */
export function fingerprint(found: Found): string {
  return found.kind === 'directory'
    ? `${identity(found.stats)} ${found.stats.mtimeMs} ${found.stats.mode}`
    : found.kind;
}

/** Equal for the same directory, whatever is in it; another file system mounted there differs. */
export function identity({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

/** The closest directory above a path that exists, to be watched for what comes below it. */
export async function nearestDirectory(path: string): Promise<{ path: string; stats: Stats }> {
  const parent = dirname(path);
  const found = await find(parent);
  if (found.kind === 'directory') return { path: parent, stats: found.stats };
  if (parent === path) throw new Error(`The root of ${path} is no directory.`);
  return nearestDirectory(parent);
}
