import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { comparableDump, comparableTimings, type Dump } from './lineTimings';
import { readJson, readSample, samples } from './samples';

function read(pickle: string): Profile {
  return readProfile({ bytes: Buffer.from(pickle, 'latin1'), name: '' });
}

describe('line_profiler: every sample against what Python unpickles of it', () => {
  for (const { path } of samples.filter(({ format }) => format === 'lineProfiler')) {
    it(path, () => {
      const profile = readSample(path);
      assert.deepEqual(
        comparableTimings(profile),
        comparableDump(readJson(`${path}.json`) as Dump),
      );
      assert.ok(profile.lines.every(({ self }) => self === undefined));
    });
  }
});

describe('line_profiler', () => {
  it('warns that the times of several functions overlap', () => {
    const [warning] = readSample('line_profiler/lp-5.0.2-cp311.lprof').warnings;
    assert.match(warning ?? '', /overlap/);
  });

  const head = 'ccopy_reg\n_reconstructor\n(c_line_profiler\nLineStats\nc__builtin__\nobject\nNtR';
  const key = "(S'/a.py'\nI4\nS'f'\nt";
  const stats = (timings: string, unit = 'F1e-06\n'): string =>
    `${head}(dS'unit'\n${unit}sS'timings'\n${timings}sb.`;

  it('adds up lines that occur more than once', () => {
    const pickle = stats(`(d${key}((I5\nI1\nI10\nt(I5\nI2\nI30\ntls`);
    const { lines, total } = read(pickle);
    assert.deepEqual(
      lines.map(({ line, hits, total }) => [line, hits, total]),
      [[5, 3, 40 * 1e-6]],
    );
    assert.equal(total, 40 * 1e-6);
  });

  for (const [what, pickle, reason] of [
    ['ends early', stats(`(d${key}(ls`).slice(0, -20), 'incomplete'],
    ['has no timings', `${head}(dS'unit'\nF1e-06\nsb.`, 'broken'],
    ['has no unit', stats('(d', 'N'), 'broken'],
    ['has lines without numbers', stats(`(d${key}((I5\ntls`), 'broken'],
    ['has keys that are no functions', stats("(d(S'/a.py'\nt(ls"), 'broken'],
  ] as const) {
    it(`refuses a file that ${what}`, () => {
      assert.throws(() => read(pickle), { name: 'ProfileError', reason });
    });
  }

  it('refuses lines that references repeat without end', () => {
    const lines = `(${'(I5\nI1\nI10\nt'.repeat(500)}lp9\n0`;
    const functions = Array.from({ length: 500 }, (_, n) => `(S'/a.py'\nI${n}\nS'f'\ntg9\ns`);
    assert.throws(() => read(stats(`${lines}(d${functions.join('')}`)), {
      name: 'ProfileError',
      reason: 'broken',
    });
  });
});
