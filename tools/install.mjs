/** Installs the project's npm packages. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { note } from './note.mjs';
import { root } from './paths.mjs';
import { npm } from './run.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} LockFile */

/** Installs what package-lock.json names, unless all of it is there in the same versions. */
export async function ensureNodeModules() {
  const [wanted, installed] = await Promise.all([
    readLockFile('package-lock.json'),
    readLockFile('node_modules/.package-lock.json').catch(() => ({ packages: {} })),
  ]);
  if (missing(wanted, installed).length === 0) return;
  note('Installing npm packages');
  await npm(['ci'], { cwd: root });
}

/**
 * Folders of the packages that are not installed; those of other systems are optional.
 * @param {LockFile} wanted
 * @param {LockFile} installed
 */
function missing(wanted, installed) {
  return Object.entries(wanted.packages)
    .filter(([folder, { optional }]) => folder !== '' && !optional)
    .filter(([folder, { version }]) => installed.packages[folder]?.version !== version)
    .map(([folder]) => folder);
}

/**
 * @param {string} path
 * @returns {Promise<LockFile>}
 */
async function readLockFile(path) {
  return JSON.parse(await readFile(join(root, path), 'utf8'));
}
