/** The Python environment of the sample project, which the tests use as well. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installDebianPackages } from './debian.mjs';
import { MissingOnMachine } from './missing.mjs';
import { note } from './note.mjs';
import { cache, root } from './paths.mjs';
import { findOnPath, run, RunError } from './run.mjs';

/** The folder of the virtual environment. */
export const venv = join(cache, 'venv');

/** The environment's interpreter. */
export const venvPython =
  process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');

const requirements = join(root, 'demo/project/requirements.txt');
const marker = join(venv, '.installed');

/**
 * Makes the environment with the sample project's requirements, unless that is done already.
 * @throws {Error} one sentence that says what to do, when Python or the network is missing
 */
export async function ensureVenv() {
  const wanted = await readFile(requirements, 'utf8');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === wanted) return;
  note('Making a Python environment with Django');
  await makeVenv();
  await installRequirements();
  await writeFile(marker, wanted);
}

async function makeVenv() {
  const python = findOnPath(['python3', 'python']);
  if (!python) throw new MissingOnMachine('Python 3 is not on PATH: install it and try again.');
  const make = async () => {
    await rm(venv, { recursive: true, force: true });
    await run(python, ['-m', 'venv', venv]);
  };
  try {
    await make();
  } catch (error) {
    // Debian's Python comes without the part that makes environments with pip in them.
    if (!(error instanceof RunError) || !/ensurepip|No module named venv/.test(error.output))
      throw error;
    await installDebianPackages(['python3-venv']);
    await make();
  }
}

async function installRequirements() {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  try {
    await run(venvPython, [...pip, '--requirement', requirements]);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const reason = error.output.trim().split('\n').at(-1) ?? '';
    const sentence = `pip could not install the sample project's requirements; is there a network? ${reason}`;
    throw new Error(sentence, { cause: error });
  }
}
