import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { readFixture, readJson, readSample } from './samples';
import { namedSamples, stackSamples, stacksOf } from './stackSamples';

const header = 'Process 1: python app.py\nPython v3.13.0 (/usr/bin/python3.13)\n\n';

function read(text: string): Profile {
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

function lanes(profile: Profile): string[] {
  return stacksOf(profile).lanes.map(({ name }) => name);
}

/** Frames of each thread as py-spy prints them, the innermost first. */
function printed(path: string): string[][] {
  const threads = readFixture(path)
    .toString()
    .split(/^Thread .*\n/m);
  return threads.slice(1).map((thread) => {
    const lines = thread.split('\n').filter((line) => /^ {4}\S/.test(line));
    return lines.map((line) => line.trim());
  });
}

describe('py-spy dump: text', () => {
  for (const path of ['pyspy/pyspy-dump.txt', 'pyspy/pyspy-dump-locals.txt']) {
    it(`${path} has the stack of every thread, with executing lines`, () => {
      const profile = readSample(path);
      const found = stackSamples(profile).map(({ stack, weight }) => {
        assert.equal(weight, 1);
        assert.ok(stack.every(({ firstLine }) => firstLine === undefined));
        return stack.map(({ name, file, line }) => `${name} (${file}:${line})`).reverse();
      });
      assert.deepEqual(found, printed(path));
    });
  }

  it('tells the threads, and shows the one with the GIL first', () => {
    const profile = readSample('pyspy/pyspy-dump.txt');
    assert.deepEqual(lanes(profile), [
      'MainThread (thread 5556, active+gil)',
      'waiter (thread 5558, idle)',
    ]);
    assert.equal(stacksOf(profile).activeLane, 0);
  });

  it('tells processes, native frames and threads without a name', () => {
    const profile = read(
      `${header}Thread 1 (active): "MainThread"\n    f (a (b).py:2)\n    read (libc.so)\n${'-'.repeat(60)}\n` +
        'Process 2: python -c "a\nb"\nPython v3.13.0 (x)\nParent Process 1: python\n\nThread 0x7F (idle)\n    0x12\n',
    );
    assert.deepEqual(lanes(profile), [
      'Process 1: MainThread (thread 1, active)',
      'Process 2: Thread 0x7F (idle)',
    ]);
    assert.deepEqual(namedSamples(profile), [
      ['read f', 1],
      ['0x12', 1],
    ]);
    assert.deepEqual(
      profile.functions.map(({ file }) => file),
      ['a (b).py', 'libc.so', undefined],
    );
  });

  it('opens what was cut in the middle of a line, and says so', () => {
    const profile = read(`${header}Thread 1 (idle): "a"\n    f (a.py:2)\nThread 2 (id`);
    assert.equal(profile.total, 1);
    assert.match(profile.warnings.join(), /ends in the middle/);
  });

  it('names the line that is none of a dump', () => {
    assert.throws(() => read(`${header}Thread 1 (idle)\nTraceback\n    f (a.py:2)\n`), {
      message: /line 5 /,
    });
  });

  it('is told from other text about processes', () => {
    assert.equal(detectFormat(Buffer.from('Process 12: started\nready\n')), undefined);
  });
});

describe('py-spy dump: JSON', () => {
  interface Thread {
    readonly frames: readonly { name: string; filename: string; line: number }[];
  }

  it('has the stack of every thread with full file names', () => {
    const expected = (readJson('pyspy/pyspy-dump.json') as Thread[]).map(({ frames }) =>
      frames.map(({ name, filename, line }) => `${name} ${filename} ${line}`).reverse(),
    );
    const profile = readSample('pyspy/pyspy-dump.json');
    const found = stackSamples(profile).map(({ stack }) =>
      stack.map(({ name, file, line }) => `${name} ${file} ${line}`),
    );
    assert.deepEqual(found, expected);
  });

  it('names threads as the text does, and shows the one with the GIL first', () => {
    const profile = readSample('pyspy/pyspy-dump.json');
    assert.deepEqual(lanes(profile).sort(), lanes(readSample('pyspy/pyspy-dump.txt')).sort());
    assert.match(lanes(profile)[stacksOf(profile).activeLane] ?? '', /gil/);
  });

  it('is refused where frames are missing', () => {
    const text = '[{"pid":1,"thread_id":2,"owns_gil":true,"frames":null}]';
    assert.throws(() => read(text), { message: /a list is missing/ });
  });
});
