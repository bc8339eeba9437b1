/** What needs no test to be seen wrong: types, lint and formatting. `npm run check`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNodeModules } from './install.mjs';
import { root } from './paths.mjs';
import { ensureRuff } from './python.mjs';
import { run, RunError } from './run.mjs';

const tsc = 'typescript/bin/tsc';
const eslint = 'eslint/bin/eslint.js';
const prettier = 'prettier/bin/prettier.cjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<[program: string, ...first: string[]]>} program
 * @property {readonly string[]} args
 * @property {string} [fix] the command that puts most of it right
 */

/** @type {readonly Check[]} */
const CHECKS = [
  { name: 'types of the extension', program: node(tsc), args: ['-p', '.'] },
  { name: 'types of the webviews', program: node(tsc), args: ['-p', 'webview'] },
  { name: 'types of the tests', program: node(tsc), args: ['-p', 'test'] },
  {
    name: 'lint',
    program: node(eslint),
    args: ['--max-warnings=0', '.'],
    fix: 'npx eslint --fix .',
  },
  {
    name: 'formatting',
    program: node(prettier),
    args: ['--check', '.'],
    fix: 'npx prettier --write .',
  },
  { name: 'lint of Python', program: ruff, args: ['check', '--quiet'], fix: 'ruff check --fix' },
  { name: 'formatting of Python', program: ruff, args: ['format', '--check'], fix: 'ruff format' },
];

/** @param {string} program path below node_modules */
function node(program) {
  return async () => [process.execPath, join(root, 'node_modules', program)];
}

/** @type {Check['program']} */
async function ruff() {
  return [await ensureRuff()];
}

/**
 * Runs every check and prints its outcome.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  const outcomes = await Promise.all(CHECKS.map(runCheck));
  const failed = outcomes.filter((passed) => !passed).length;
  return { passed: CHECKS.length - failed, failed };
}

/**
 * @param {Check} check
 * @returns {Promise<boolean>} whether it passed
 */
async function runCheck({ name, program, args, fix }) {
  try {
    const [file, ...first] = await program();
    await run(file, [...first, ...args], { cwd: root });
    console.log(`✔ ${name}`);
    return true;
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    console.log(`✖ ${name}\n${error.output.trimEnd()}`);
    if (fix) console.log(`Most of it is put right by: ${fix}`);
    return false;
  }
}

async function main() {
  await ensureNodeModules();
  const { failed } = await runChecks();
  process.exitCode = failed > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main();
