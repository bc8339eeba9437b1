/**
 * Runs the tests: `npm test` for all levels, `npm test -- unit vscode` for some.
 *
 * Installs what is missing. The last line is `N passed, N failed` with `, N skipped` when there
 * are any; each skip stands above it with its reason.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChecks } from './check.mjs';
import { ensureNodeModules } from './install.mjs';
import { MissingOnMachine } from './missing.mjs';
import { cache, root } from './paths.mjs';
import { LEVELS, testFiles } from './testLevels.mjs';

/** @typedef {import('./testReporter.mjs').Counts} Counts */

const MINUTE_MS = 60_000;

/** When everything that still runs is ended and counted as failed. */
const deadline = AbortSignal.timeout(24 * MINUTE_MS);

/** The counts that the reporter in the other process leaves for this one. */
const countsFile = join(cache, 'test', `counts-${process.pid}.json`);

async function main() {
  const chosen = chooseLevels(process.argv.slice(2));
  await ensureNodeModules();
  await mkdir(join(cache, 'test'), { recursive: true });
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: [] };
  for (const name of chosen) {
    console.log(`\n${name}`);
    const counts = await runLevel(name);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped.push(...counts.skipped);
  }
  report(total);
}

/**
 * @param {readonly string[]} names
 * @returns {readonly string[]} the named levels, all when none is named
 */
function chooseLevels(names) {
  const known = ['check', ...LEVELS.map(({ name }) => name)];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Error(`There is no level ${unknown}, only ${known.join(', ')}.`);
  return names.length > 0 ? known.filter((name) => names.includes(name)) : known;
}

/**
 * @param {string} name
 * @returns {Promise<Counts>}
 */
async function runLevel(name) {
  if (name === 'check') return { ...(await runChecks()), skipped: [] };
  const level = LEVELS.find((candidate) => candidate.name === name);
  const files = level ? await testFiles(level) : [];
  if (!level || files.length === 0) return { passed: 0, failed: 0, skipped: [] };
  try {
    const environment = await level.prepare();
    return await runFiles(files, level.concurrency, environment);
  } catch (error) {
    return notPrepared(files, error);
  }
}

/**
 * What the machine lacks is a reason to skip; what the project does wrong is a failure.
 * @param {readonly string[]} files
 * @param {unknown} error
 * @returns {Counts}
 */
function notPrepared(files, error) {
  if (!(error instanceof MissingOnMachine)) {
    console.log(`✖ could not be prepared: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  const reason = error.message;
  const skipped = files.map((file) => ({ name: relative(root, file), reason }));
  return { passed: 0, failed: 0, skipped };
}

/**
 * Runs test files in a process of its own, which a crash of theirs does not outlive.
 * @param {readonly string[]} files
 * @param {number} concurrency
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Counts>}
 */
async function runFiles(files, concurrency, environment) {
  const args = [
    '--import=tsx',
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-reporter=${pathToFileURL(join(root, 'tools/testReporter.mjs')).href}`,
    '--test-reporter-destination=stdout',
    ...files,
  ];
  await rm(countsFile, { force: true });
  const env = { ...process.env, ...environment, HOTLINE_TEST_COUNTS: countsFile };
  const succeeded = await runGroup(process.execPath, args, env);
  const text = await readFile(countsFile, 'utf8').catch(() => undefined);
  await rm(countsFile, { force: true });
  if (text === undefined) {
    console.log(deadline.aborted ? '✖ took too long' : '✖ ended without counts');
    return { passed: 0, failed: 1, skipped: [] };
  }
  /** @type {Counts} */
  const counts = JSON.parse(text);
  if (!succeeded && counts.failed === 0) counts.failed = 1;
  return counts;
}

/**
 * Runs a program as the head of a process group. The group ends with the program, at the deadline
 * and when this process is interrupted.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether it ended well
 */
function runGroup(program, args, env) {
  const detached = process.platform !== 'win32';
  const child = spawn(program, args, { cwd: root, env, detached, stdio: ['ignore', 1, 2] });
  const end = () => {
    if (detached && child.pid !== undefined) killGroup(child.pid);
    else child.kill();
  };
  const interrupt = () => {
    end();
    process.exit(130);
  };
  deadline.addEventListener('abort', end, { once: true });
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      deadline.removeEventListener('abort', end);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      end();
      resolve(code === 0);
    });
  });
}

/** @param {number} head */
function killGroup(head) {
  try {
    process.kill(-head, 'SIGKILL');
  } catch (error) {
    // Nothing is left of it, as it should be.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @param {Counts} total */
function report({ passed, failed, skipped }) {
  console.log('');
  for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
  const counts = [`${passed} passed`, `${failed} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  console.log(counts.join(', '));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
