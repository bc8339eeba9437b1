/** What needs no test to be seen wrong: types, lint and formatting. `npm run check`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNodeModules } from './install.mjs';
import { root } from './paths.mjs';
import { run, RunError } from './run.mjs';

const tsc = 'typescript/bin/tsc';
const eslint = 'eslint/bin/eslint.js';
const prettier = 'prettier/bin/prettier.cjs';

const CHECKS = [
  { name: 'types of the extension', program: tsc, args: ['-p', '.'] },
  { name: 'types of the webviews', program: tsc, args: ['-p', 'webview'] },
  { name: 'types of the tests', program: tsc, args: ['-p', 'test'] },
  { name: 'lint', program: eslint, args: ['--max-warnings=0', '.'], fix: 'npx eslint --fix .' },
  { name: 'formatting', program: prettier, args: ['--check', '.'], fix: 'npx prettier --write .' },
];

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
 * @param {(typeof CHECKS)[number]} check
 * @returns {Promise<boolean>} whether it passed
 */
async function runCheck({ name, program, args, fix }) {
  try {
    await run(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root });
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
