/**
 * A reporter for node:test: one line for each file, every failure in full, and the counts in the
 * file that the environment variable HOTLINE_TEST_COUNTS names.
 */
import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { inspect } from 'node:util';

/**
 * @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} Counts
 * @typedef {{ type: string, data: any }} TestEvent what node:test documents as TestsStream events
 */

/** What happened in one test file. */
class FileOutcome {
  passed = 0;
  failed = 0;
  skipped = 0;
  stderr = '';

  /** @param {string} file */
  constructor(file) {
    this.file = file;
  }

  /** One line, and what the file's tests wrote to stderr when one of them failed. */
  get summary() {
    const parts = [`${this.passed} passed`];
    if (this.failed > 0) parts.push(`${this.failed} failed`);
    if (this.skipped > 0) parts.push(`${this.skipped} skipped`);
    const output =
      this.failed > 0 && this.stderr !== '' ? `${indent(this.stderr.trimEnd())}\n` : '';
    const mark = this.failed > 0 ? '✖' : '✔';
    return `${mark} ${relative(process.cwd(), this.file)}: ${parts.join(', ')}\n${output}`;
  }
}

/** Adds up what all files report. */
class Report {
  /** @type {Counts} */
  counts = { passed: 0, failed: 0, skipped: [] };
  /** @type {Map<string, FileOutcome>} */
  #files = new Map();
  /** Names of the suites around the current test and its own, by nesting. @type {string[]} */
  #path = [];

  /** @param {string} file */
  outcomeOf(file) {
    const outcome = this.#files.get(file) ?? new FileOutcome(file);
    this.#files.set(file, outcome);
    return outcome;
  }

  /** @param {any} data of a test that starts or has ended; returns its name with those around it */
  enter(data) {
    this.#path.splice(data.nesting, this.#path.length, data.name);
    return this.#path.join(' › ');
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  pass(name, data) {
    const outcome = this.outcomeOf(data.file);
    const skip = data.skip ?? (data.todo === undefined ? undefined : 'not written yet');
    if (skip !== undefined) {
      this.counts.skipped.push({ name, reason: String(skip) });
      outcome.skipped++;
    } else if (data.details.type !== 'suite' && !isFile(data)) {
      this.counts.passed++;
      outcome.passed++;
    }
  }

  /**
   * @param {string} name
   * @param {any} data
   * @returns {string} what to print
   */
  fail(name, data) {
    const error = data.details.error;
    // A suite that fails because a test in it did, which is told already.
    if (error?.failureType === 'subtestsFailed') return '';
    this.counts.failed++;
    this.outcomeOf(data.file).failed++;
    return `✖ ${name}\n${indent(reasonOf(error?.cause ?? error))}\n`;
  }
}

/** @param {AsyncIterable<TestEvent>} events */
export default async function* testReporter(events) {
  const report = new Report();
  /** @type {FileOutcome | undefined} */
  let current;
  for await (const { type, data } of events) {
    if (type === 'test:stderr') report.outcomeOf(data.file).stderr += data.message;
    if (type === 'test:start') report.enter(data);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const outcome = report.outcomeOf(data.file);
    // The events of a file come together, also when several files run at once.
    if (current && current !== outcome) yield current.summary;
    current = outcome;
    const name = report.enter(data);
    if (type === 'test:pass') report.pass(name, data);
    else yield report.fail(name, data);
  }
  if (current) yield current.summary;
  const path = process.env['HOTLINE_TEST_COUNTS'];
  if (path) writeFileSync(path, JSON.stringify(report.counts));
}

/** node:test reports a file as a test of its own when it crashes, and when there is no test in it. */
function isFile(/** @type {any} */ data) {
  return data.nesting === 0 && resolve(data.name) === data.file;
}

/**
 * An error's stack with those of its causes; their other fields are long and seldom help.
 * @param {any} error
 * @returns {string}
 */
function reasonOf(error) {
  if (typeof error?.stack !== 'string') return inspect(error);
  return error.cause ? `${error.stack}\ncaused by ${reasonOf(error.cause)}` : error.stack;
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '    ');
}
