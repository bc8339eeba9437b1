import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { readJson, readSample } from './samples';
import { stacksOf } from './stackTexts';
import { weightsByStack } from './stackWeights';
import { samplesByStack } from './tachyonSamples';

describe('Firefox Profiler, by Tachyon', () => {
  const profile = readSample('tachyon/tachyon-gecko.json');
  const { meta } = readJson('tachyon/tachyon-gecko.json') as { meta: { interval: number } };

  it('has the stacks of all samples, with base names for files', () => {
    const expected = [...samplesByStack].map(([stack, samples]): [string, number] => [
      stack.replace(/ \/[^;]*\//g, ' '),
      samples,
    ]);
    const found = [...weightsByStack(profile)].map(([stack, weight]): [string, number] => [
      stack,
      Math.round((weight * 1000) / meta.interval),
    ]);
    assert.deepEqual(found.sort(), expected.sort());
    assert.equal(profile.unit, 'seconds');
  });

  it('has no first lines, which Tachyon does not know', () => {
    assert.ok(profile.functions.every(({ line }) => line === undefined));
  });

  it('has a lane for each thread', () => {
    assert.deepEqual(
      stacksOf(profile).lanes.map(({ name, samples }) => [name, samples.length]),
      [
        ['Thread-140000000000001', 10],
        ['Thread-140000000000002', 3],
      ],
    );
  });
});

const stackTable = { frame: [0, 1], prefix: [null, 0] };
const tables = {
  stackTable,
  frameTable: { func: [0, 1], line: [12, null] },
  funcTable: { name: [0, 1], fileName: [2, null], lineNumber: [10, null] },
};
const strings = ['main', 'native', 'a.py', 'b.py'];

function read(document: object): Profile {
  const whole = { meta: { preprocessedProfileVersion: 50, interval: 2 }, ...document };
  const profile = readProfile({ bytes: Buffer.from(JSON.stringify(whole)), name: '' });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

describe('Firefox Profiler, by others', () => {
  it('has strings in each thread in early versions, and first lines of functions', () => {
    const samples = { stack: [1, null, 0], weight: [2, 1, 1], weightType: 'samples' };
    const profile = read({
      threads: [{ name: 'Main', pid: 1, tid: 1, stringArray: strings, ...tables, samples }],
    });
    assert.deepEqual(
      [...weightsByStack(profile)],
      [
        ['main a.py:12;native :', 0.004],
        ['', 0.002],
        ['main a.py:12', 0.002],
      ],
    );
    assert.equal(profile.functions[0]?.line, 10);
    assert.equal(profile.total, 0.006);
  });

  it('may share all tables, have sources, and weigh in bytes', () => {
    const thread = (pid: number, tid: number): object => ({
      ...{ name: 'Worker', processName: 'web', pid, tid },
      samples: { stack: [0], weight: [tid], weightType: 'bytes' },
    });
    const funcTable = { ...tables.funcTable, source: [0, null], fileName: undefined };
    const profile = read({
      shared: { ...tables, funcTable, stringArray: strings, sources: { filename: [3] } },
      threads: [thread(1, 5), thread(1, 6), thread(2, 7)],
    });
    assert.deepEqual(
      stacksOf(profile).lanes.map(({ name, unit, weights }) => [name, unit, weights[0]]),
      [
        ['web 1: Worker (5)', 'bytes', 5],
        ['web 1: Worker (6)', 'bytes', 6],
        ['web 2: Worker', 'bytes', 7],
      ],
    );
    assert.deepEqual([...weightsByStack(profile)], [['main b.py:12', 18]]);
    assert.equal(stacksOf(profile).activeLane, 2);
  });

  for (const [what, changed] of [
    ['stacks before their callers', { stackTable: { frame: [0, 1], prefix: [1, null] } }],
    ['frames that are missing', { stackTable: { frame: [7], prefix: [null] } }],
    ['samples of no stack', { samples: { stack: [9] } }],
    ['negative weights', { samples: { stack: [0], weight: [-1] } }],
    ['no tables', { funcTable: undefined }],
  ] as const) {
    it(`is refused with ${what}`, () => {
      const thread = { stringArray: strings, ...tables, samples: { stack: [0] }, ...changed };
      assert.throws(() => read({ threads: [thread] }), { name: 'ProfileError', reason: 'broken' });
    });
  }

  it('is refused without threads', () => {
    assert.throws(() => read({ threads: [] }), /holds no thread/);
  });
});
