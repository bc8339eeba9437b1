/**
 * Compares the profiler with others: `npm run bench -- profiler`; and the search in many profiles
 * with reading all of them: `npm run bench -- search`, which only prints;
 * and a range of collected stacks with one that has a row for each: `npm run bench -- collector`.
 * `npm run bench -- sampler` prints what the always-on sampler costs.
 *
 * The first takes Python 3.11 and 3.13, or those that `--python 3.12` names, or with `--all` every one that
 * is found; writes docs/benchmarks.md. With `--quick` it takes a few minutes, and its figures,
 * too few to be kept, are only printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBenchEnvironment } from './benchEnvironment.mjs';
import { report, samplerReport } from './benchReport.mjs';
import { ensureNodeModules } from './install.mjs';
import { findPython, VERSIONS } from './interpreters.mjs';
import { note } from './note.mjs';
import { root } from './paths.mjs';
import { sqliteNode } from './sqliteNode.mjs';
import { runTypeScript } from './typeScript.mjs';

/** @typedef {import('./benchReport.mjs').Measurement} Measurement */

const USUAL_VERSIONS = ['3.11', '3.13'];
const REPORT = join(root, 'docs/benchmarks.md');
const MEASURES = ['cost', 'loops', 'accuracy', 'start-up'];

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean' },
      python: { type: 'string', multiple: true },
      minutes: { type: 'boolean' },
      quick: { type: 'boolean' },
    },
  });
  if (positionals.join() === 'search') return runTypeScript('test/bench/search/search.ts');
  if (positionals.join() === 'collector')
    return runTypeScript('test/bench/collector/range.ts', await sqliteNode());
  const what = positionals.join();
  if (what !== 'profiler' && what !== 'sampler')
    throw new Error('What to measure is missing: profiler, sampler, search or collector.');
  await ensureNodeModules();
  const versions = values.python ?? (values.all ? VERSIONS : USUAL_VERSIONS);
  const size = values.quick ? 'quick' : 'full';
  if (what === 'sampler') {
    const measurements = await measure(versions, ['sampler'], size);
    return console.log(measurements.map(samplerReport).join('\n'));
  }
  const measurements = await measure(versions, MEASURES, size);
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const text = await formatted(report(measurements, command, new Date()));
  console.log(text);
  if (!values.quick) await store(text);
}

/**
 * @param {readonly string[]} versions
 * @param {readonly string[]} measures
 * @param {'full' | 'quick'} size
 */
async function measure(versions, measures, size) {
  /** @type {Measurement[]} */
  const measurements = [];
  for (const version of versions) {
    const found = await findPython(version);
    if (!found) {
      note(`There is no Python ${version} on this machine`);
      continue;
    }
    const python = await ensureBenchEnvironment(version, found);
    for (const what of measures) {
      note(`Python ${version}: ${what}`);
      measurements.push(measureOne(python, what, size));
    }
  }
  if (measurements.length === 0) throw new Error(`No Python of ${versions.join(', ')} is found.`);
  return measurements;
}

/**
 * @param {string} python
 * @param {string} what
 * @param {string} size
 * @returns {Measurement}
 */
function measureOne(python, what, size) {
  const program = join(root, 'test/bench/profiler/measure.py');
  const { status, stdout } = spawnSync(python, [program, what, size], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${program} ${what} failed.`);
  return JSON.parse(stdout);
}

/**
 * As `npm run check` wants it.
 * @param {string} text
 */
async function formatted(text) {
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(REPORT)), filepath: REPORT });
}

/** @param {string} text */
async function store(text) {
  await mkdir(dirname(REPORT), { recursive: true });
  await writeFile(REPORT, text);
  note(`Written to ${REPORT}`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
