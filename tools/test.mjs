/**
 * Runs the tests: `npm test` for all levels, `npm test -- unit vscode` for some.
 *
 * Installs what is missing. The last line is `N passed, N failed` with `, N skipped` when there
 * are any; each skip stands above it with its reason.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChecks } from './check.mjs';
import { ensureNodeModules } from './install.mjs';
import { MissingOnMachine } from './missing.mjs';
import { cache, root } from './paths.mjs';
import { runProfilerTests } from './profilerTests.mjs';
import { deadline, runGroup } from './processGroup.mjs';
import { filesByNode, LEVELS, testFiles } from './testLevels.mjs';

/** @typedef {import('./testReporter.mjs').Counts} Counts */

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
    add(total, await runLevel(name));
  }
  report(total);
}

/**
 * @param {Counts} total is added to
 * @param {Counts} counts
 */
function add(total, { passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...skipped);
}

/**
 * @param {readonly string[]} names
 * @returns {readonly string[]} the named levels, all when none is named
 */
function chooseLevels(names) {
  const known = ['check', 'profiler', ...LEVELS.map(({ name }) => name)];
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
  if (name === 'profiler') return runProfilerTests();
  const level = LEVELS.find((candidate) => candidate.name === name);
  const files = level ? await testFiles(level) : [];
  if (!level || files.length === 0) return { passed: 0, failed: 0, skipped: [] };
  try {
    const environment = await level.prepare();
    /** @type {Counts} */
    const counts = { passed: 0, failed: 0, skipped: [] };
    for (const [node, own] of await filesByNode(level, files))
      add(counts, await runFiles(node, own, level.concurrency, environment));
    return counts;
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
 * @param {string} node the program that runs them
 * @param {readonly string[]} files
 * @param {number} concurrency
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Counts>}
 */
async function runFiles(node, files, concurrency, environment) {
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
  const succeeded = await runGroup(node, args, env);
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
