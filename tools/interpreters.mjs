/** The Pythons of this machine. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, run } from './run.mjs';

/** The versions that the profiler supports. */
export const VERSIONS = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/**
 * The interpreter of a version: pyenv's newest, or one on PATH.
 * @param {string} version
 * @returns {Promise<string | undefined>}
 */
export async function findPython(version) {
  const candidates = [...pyenvPythons(version), findOnPath([`python${version}`, 'python3'])];
  for (const python of candidates) {
    const question = 'import sys; print("%d.%d" % sys.version_info[:2])';
    const answer = python && (await run(python, ['-c', question]).catch(() => ''));
    if (answer && answer.trim() === version) return python;
  }
  return undefined;
}

/** @param {string} version */
function pyenvPythons(version) {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const names = existsSync(versions) ? readdirSync(versions) : [];
  return names
    .filter((name) => name === version || name.startsWith(`${version}.`))
    .sort((one, other) => other.localeCompare(one, undefined, { numeric: true }))
    .map((name) => join(versions, name, 'bin', 'python'));
}
