/** Python environments: that of the sample project, which the tests use as well, and others. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installDebianPackages } from './debian.mjs';
import { MissingOnMachine } from './missing.mjs';
import { note } from './note.mjs';
import { cache, root } from './paths.mjs';
import { findOnPath, run, RunError } from './run.mjs';

/** The folder of the sample project's virtual environment. */
export const venv = join(cache, 'venv');

/** The environment's interpreter. */
export const venvPython = pythonOf(venv);

/**
 * Makes the environment with the sample project's requirements, unless that is done already.
 * @throws {Error} one sentence that says what to do, when Python or the network is missing
 */
export async function ensureVenv() {
  const requirements = join(root, 'demo/project/requirements.txt');
  await ensureEnvironment({ folder: venv, python: defaultPython(), requirements, what: 'Django' });
}

/** @type {Promise<string> | undefined} */
let ruff;

/**
 * Makes an environment with ruff, which lints and formats Python, unless it is there.
 * @returns {Promise<string>} path of the program
 */
export function ensureRuff() {
  ruff ??= installRuff();
  return ruff;
}

async function installRuff() {
  const folder = join(cache, 'ruff');
  const requirements = join(root, 'tools/ruff/requirements.txt');
  await ensureEnvironment({ folder, python: defaultPython(), requirements, what: 'ruff' });
  return programOf(folder, 'ruff');
}

/**
 * Makes an environment with py-spy and austin, which sample running processes, unless it is there.
 * @returns {Promise<{ pySpy: string, austin: string }>} paths of the programs
 */
export async function ensureSamplers() {
  const folder = join(cache, 'samplers');
  const requirements = join(root, 'tools/samplers/requirements.txt');
  const what = 'py-spy and austin';
  await ensureEnvironment({ folder, python: defaultPython(), requirements, what });
  return { pySpy: programOf(folder, 'py-spy'), austin: programOf(folder, 'austin') };
}

/** @returns {string} */
function defaultPython() {
  const python = findOnPath(['python3', 'python']);
  if (!python) throw new MissingOnMachine('Python 3 is not on PATH: install it and try again.');
  return python;
}

/**
 * @param {string} folder of a virtual environment
 */
export function pythonOf(folder) {
  return programOf(folder, 'python');
}

/**
 * @param {string} folder of a virtual environment
 * @param {string} name
 */
function programOf(folder, name) {
  const windows = process.platform === 'win32';
  return windows ? join(folder, 'Scripts', `${name}.exe`) : join(folder, 'bin', name);
}

/**
 * @typedef {object} Environment
 * @property {string} folder
 * @property {string} python the interpreter it is made of
 * @property {string} requirements path of the file that names what is to be installed
 * @property {string} what that is, for a person
 */

/**
 * Makes a virtual environment, unless it is there already with the same requirements.
 * @param {Environment} environment
 */
export async function ensureEnvironment(environment) {
  const { folder, requirements, what } = environment;
  const marker = join(folder, '.installed');
  const wanted = await readFile(requirements, 'utf8');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === wanted) return;
  note(`Making a Python environment with ${what}`);
  await makeEnvironment(environment);
  await installRequirements(environment);
  await writeFile(marker, wanted);
}

/**
 * Makes an empty virtual environment, in place of one that may be there.
 * @param {{ folder: string, python: string }} environment
 */
export async function makeEnvironment({ folder, python }) {
  const make = async () => {
    await rm(folder, { recursive: true, force: true });
    await run(python, ['-m', 'venv', folder]);
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

/** @param {Environment} environment */
async function installRequirements({ folder, requirements, what }) {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  try {
    await run(pythonOf(folder), [...pip, '--requirement', requirements]);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const reason = error.output.trim().split('\n').at(-1) ?? '';
    const sentence = `pip could not install ${what}; is there a network? ${reason}`;
    throw new Error(sentence, { cause: error });
  }
}
