/** Python environments with what the profiler is compared with. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { note } from './note.mjs';
import { cache, root } from './paths.mjs';
import { makeEnvironment, pythonOf } from './python.mjs';
import { run, RunError } from './run.mjs';

/**
 * Makes the environment of a version, unless it is there already with the same requirements.
 *
 * What cannot be installed is noted and left away: its rows say that it is not there.
 * @param {string} version for example `3.13`
 * @param {string} python the interpreter it is made of
 * @returns {Promise<string>} the environment's interpreter
 */
export async function ensureBenchEnvironment(version, python) {
  const folder = join(cache, `bench-${version}`);
  const marker = join(folder, '.installed');
  const wanted = await readFile(join(root, 'test/bench/profiler/requirements.txt'), 'utf8');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) !== wanted) {
    note(`Making a Python ${version} environment with other profilers`);
    await makeEnvironment({ folder, python });
    for (const requirement of requirementsIn(wanted)) {
      await install(pythonOf(folder), requirement);
    }
    await writeFile(marker, wanted);
  }
  return pythonOf(folder);
}

/** @param {string} text */
function requirementsIn(text) {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/**
 * @param {string} python
 * @param {string} requirement
 */
async function install(python, requirement) {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  try {
    await run(python, [...pip, requirement]);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    note(`${requirement} cannot be installed: ${error.output.trim().split('\n').at(-1)}`);
  }
}
