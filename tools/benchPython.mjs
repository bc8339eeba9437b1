/**
 * Measures what our profiler and our sampler cost, in processes of one Python after the other.
 *
 * Takes Python 3.11 and 3.13, or those that `--python 3.12` names, or with `--all` every one that is
 * found. With `--quick` it takes a few minutes.
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

/** @typedef {import('./benchReport.mjs').Measurement} Measurement */

const USUAL_VERSIONS = ['3.11', '3.13'];
const REPORT = join(root, 'docs/benchmarks.md');
const PROFILER_MEASURES = ['cost', 'loops', 'accuracy', 'start-up'];

/** Compares the profiler with others and writes docs/benchmarks.md; quick figures, too few to be kept, are only printed. */
export async function benchProfiler() {
  const { versions, size } = options();
  const measurements = await measure(versions, PROFILER_MEASURES, size);
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const text = await formatted(report(measurements, command, new Date()));
  console.log(text);
  if (size === 'full') await store(text);
}

/** Prints what the always-on sampler costs. */
export async function benchSampler() {
  const { versions, size } = options();
  const measurements = await measure(versions, ['sampler'], size);
  console.log(measurements.map(samplerReport).join('\n'));
}

/** @returns {{ versions: readonly string[], size: 'full' | 'quick' }} */
function options() {
  const { values } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean' },
      python: { type: 'string', multiple: true },
      quick: { type: 'boolean' },
    },
  });
  return {
    versions: values.python ?? (values.all ? VERSIONS : USUAL_VERSIONS),
    size: values.quick ? 'quick' : 'full',
  };
}

/**
 * @param {readonly string[]} versions
 * @param {readonly string[]} measures
 * @param {'full' | 'quick'} size
 */
async function measure(versions, measures, size) {
  await ensureNodeModules();
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
