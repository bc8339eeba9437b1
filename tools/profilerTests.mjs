/** The tests of `python/hotline`: unittest files, on every Python that it supports and is found. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython, VERSIONS } from './interpreters.mjs';
import { cache, root } from './paths.mjs';
import { runGroup } from './processGroup.mjs';
import { ensureEnvironment, pythonOf } from './python.mjs';

/** @typedef {import('./testReporter.mjs').Counts} Counts */

/** How many interpreters are tested at once. */
const CONCURRENCY = 2;

/**
 * Runs them all; a version that is not found is skipped by name.
 * @returns {Promise<Counts>}
 */
export async function runProfilerTests() {
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: [] };
  const waiting = [...VERSIONS];
  const work = async () => {
    for (let version = waiting.shift(); version; version = waiting.shift()) {
      const counts = await testVersion(version);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped.push(...counts.skipped);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return total;
}

/**
 * @param {string} version for example `3.12`
 * @returns {Promise<Counts>}
 */
async function testVersion(version) {
  const python = await findPython(version);
  if (!python) {
    const skipped = [{ name: `profiler on Python ${version}`, reason: 'there is no such Python' }];
    return { passed: 0, failed: 0, skipped };
  }
  const folder = join(cache, `profiler-${version}`);
  const requirements = join(root, 'test/profiler/requirements.txt');
  const what = `the servers that the profiler is tested with, for Python ${version}`;
  try {
    await ensureEnvironment({ folder, python, requirements, what });
  } catch (error) {
    console.log(`✖ Python ${version}: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  return runTests(pythonOf(folder), version);
}

/**
 * @param {string} python
 * @param {string} version
 * @returns {Promise<Counts>}
 */
async function runTests(python, version) {
  const countsFile = join(cache, 'test', `profiler-${version}-${process.pid}.json`);
  const program = join(root, 'test/profiler/run.py');
  await runGroup(python, [program, '*', countsFile], plainEnvironment());
  const text = await readFile(countsFile, 'utf8').catch(() => undefined);
  await rm(countsFile, { force: true });
  if (text !== undefined) return JSON.parse(text);
  console.log(`✖ Python ${version}: the tests did not come to an end`);
  return { passed: 0, failed: 1, skipped: [] };
}

/** Without what a developer's own profiled terminal has in it. */
function plainEnvironment() {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.filter(([name]) => name !== 'PYTHONPATH' && !name.startsWith('HOTLINE_')),
  );
}
