import { readdir, readFile, stat } from 'node:fs/promises';
import { posix, win32, type PlatformPath } from 'node:path';

/** The little that finding an application and an interpreter needs of a disk. */
export interface FileSystem {
  isFile(path: string): Promise<boolean>;
  /** Names of the directories within `path`; empty when it cannot be read. */
  directories(path: string): Promise<readonly string[]>;
  /** The text of a small file; `undefined` when it cannot be read. */
  text(path: string): Promise<string | undefined>;
}

/** The rules for paths on a platform, so that those of another can be tested. */
export function pathsOn(platform: NodeJS.Platform): PlatformPath {
  return platform === 'win32' ? win32 : posix;
}

/** The real disk. Whatever cannot be read is not there. */
export const disk: FileSystem = {
  async isFile(path) {
    try {
      return (await stat(path)).isFile();
    } catch {
      return false;
    }
  },
  async directories(path) {
    try {
      const entries = await readdir(path, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    } catch {
      return [];
    }
  },
  async text(path) {
    try {
      return await readFile(path, 'utf8');
    } catch {
      return undefined;
    }
  },
};
