import type { PlatformPath } from 'node:path';
import type { FileSystem } from './fileSystem';

/** How deep below the workspace's folder an application is looked for. */
const maximumDepth = 2;

/** A folder of very many folders is no project to look through. */
const maximumDirectories = 500;

/** Directories that hold others' code. Hidden ones are left out by their dot. */
const skipped = new Set(['node_modules', 'venv', 'env', 'site-packages', '__pycache__', 'static']);

/** A folder and those up to two levels below it that may hold an application: nearest first, then by name. */
export async function projectDirectories(
  folder: string,
  files: FileSystem,
  paths: PlatformPath,
): Promise<string[]> {
  const found = [folder];
  let level = [folder];
  for (let depth = 0; depth < maximumDepth && found.length < maximumDirectories; depth++) {
    level = await subdirectories(level, files, paths);
    found.push(...level);
  }
  return found.slice(0, maximumDirectories);
}

async function subdirectories(
  level: readonly string[],
  files: FileSystem,
  paths: PlatformPath,
): Promise<string[]> {
  const names = await Promise.all(level.map((directory) => files.directories(directory)));
  return level.flatMap((directory, index) =>
    [...(names[index] ?? [])]
      .filter((name) => !name.startsWith('.') && !skipped.has(name))
      .sort()
      .map((name) => paths.join(directory, name)),
  );
}
