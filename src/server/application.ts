import type { PlatformPath } from 'node:path';
import { pathsOn, type FileSystem } from './fileSystem';

/** How deep below the workspace's folder a manage.py is looked for. */
const maximumDepth = 2;

/** Directories that hold others' code. Hidden ones are left out by their dot. */
const skipped = new Set(['node_modules', 'venv', 'env', 'site-packages', '__pycache__', 'static']);

/**
 * Django's manage.py files in a folder and up to two levels below it, nearest first, then by name.
 * A manage.py that does not mention Django (Flask-Script has one too) does not count.
 */
export async function findManageFiles(
  folder: string,
  files: FileSystem,
  platform: NodeJS.Platform,
): Promise<string[]> {
  const paths = pathsOn(platform);
  const found: string[] = [];
  let level = [folder];
  for (let depth = 0; depth <= maximumDepth && level.length > 0; depth++) {
    const candidates = level.map((directory) => paths.join(directory, 'manage.py'));
    const isDjango = await Promise.all(candidates.map((path) => mentionsDjango(path, files)));
    found.push(...candidates.filter((_, index) => isDjango[index]));
    if (depth < maximumDepth) level = await subdirectories(level, files, paths);
  }
  return found;
}

async function mentionsDjango(path: string, files: FileSystem): Promise<boolean> {
  return (await files.text(path))?.includes('django') ?? false;
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
