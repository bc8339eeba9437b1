/** Our readers against the profilers themselves, on every interpreter that can be found. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readProfile } from '../../src/core/formats/registry';
import { checkIntegrity } from '../../src/core/model/integrity';
import type { Profile } from '../../src/core/model/profile';
import { comparableDump, comparableTimings, type Dump } from '../unit/core/formats/lineTimings';
import { comparableProfile, comparableRows, type Row } from '../unit/core/formats/pstatsRows';
import { canImport, findInterpreters, runPython, type Interpreter } from './interpreters';

const interpreters = findInterpreters();

function read(path: string): Profile {
  return readProfile({ bytes: readFileSync(path), name: '' });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A directory that a Python program filled, for the tests of one suite. */
function filledDirectory(interpreter: Interpreter, program: string): () => string {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'hotline-python-'));
    runPython(interpreter, join(import.meta.dirname, program), directory);
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return () => directory;
}

describe('profilers', { skip: interpreters.length === 0 && 'no Python was found' }, () => {
  for (const interpreter of interpreters) {
    describe(`pstats of Python ${interpreter.version} (${interpreter.program})`, () => {
      const directory = filledDirectory(interpreter, 'write_stats.py');

      it('is read exactly as its own pstats reads it, in every version of marshal', () => {
        const files = readdirSync(directory()).filter((name) => name.endsWith('.prof'));
        assert.ok(files.length >= 8);
        for (const name of files) {
          const path = join(directory(), name);
          const profile = read(path);
          assert.deepEqual(
            comparableProfile(profile),
            comparableRows(readJson(`${path}.json`) as Row[]),
            name,
          );
          assert.deepEqual(checkIntegrity(profile), [], name);
        }
      });
    });
  }

  const withLineProfiler = interpreters.filter((each) => canImport(each, 'line_profiler'));
  const none = withLineProfiler.length === 0 && 'no Python found can import line_profiler';
  describe('line_profiler', { skip: none }, () => {
    for (const interpreter of withLineProfiler) {
      describe(`of Python ${interpreter.version} (${interpreter.program})`, () => {
        const directory = filledDirectory(interpreter, 'write_lprof.py');

        it('is read as it was', () => {
          const path = join(directory(), 'workload.lprof');
          const profile = read(path);
          assert.equal(profile.format, 'lineProfiler');
          assert.deepEqual(
            comparableTimings(profile),
            comparableDump(readJson(`${path}.json`) as Dump),
          );
        });
      });
    }
  });
});
