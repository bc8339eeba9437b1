import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { austin } from '../../../../src/core/formats/austin';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Lane, Profile } from '../../../../src/core/model/profile';
import { readFixture, readSample } from './samples';
import { fileFunctionLine, samplesOf, stacksOf } from './stackTexts';

const header = '# austin: 3.7.0\n# interval: 100\n# mode: wall\n\n';
const end = '\n# duration: 1000\n\n';

function read(content: string | Buffer, metric?: string): Profile {
  const bytes = Buffer.from(content);
  const profile = readProfile({ bytes, name: '', choice: { metric } });
  assert.deepEqual(checkIntegrity(profile), []);
  assert.equal(profile.format, 'austin');
  return profile;
}

function sample(name: string, metric?: string): Profile {
  return read(readFixture(`austin/${name}`), metric);
}

function laneOf(profile: Profile, thread: string): Lane {
  const found = stacksOf(profile).lanes.find(({ name }) => name.endsWith(`hread ${thread}`));
  assert.ok(found, thread);
  return found;
}

/** `stack weight` of the samples of a lane, times in microseconds. */
function linesOf(profile: Profile, lane: Lane): string[] {
  const factor = lane.unit === 'seconds' ? 1e6 : 1;
  return samplesOf(profile, lane, fileFunctionLine).map(
    ({ stack, weight }) => `${stack} ${Math.round(weight * factor)}`,
  );
}

/** The lines of samples of a text, in its order: thread, frames as `file:function:line`, numbers. */
function textLines(name: string): { thread: string; stack: string; numbers: string }[] {
  return readFixture(`austin/${name}`)
    .toString('utf8')
    .split('\n')
    .filter((line) => /^[PT]/.test(line))
    .map((line) => {
      const [stack = '', numbers = ''] = line.split(/ (?=[^ ]*$)/);
      const [, thread = '', frames = ''] =
        /^(?:Thread |P\d+;T(?:0:)?)([0-9a-f]+);?(.*)$/.exec(stack) ?? [];
      const unified = frames
        .replaceAll(/([^;]+) \(([^)]*)\);L(\d+)/g, '$2:$1:$3')
        .replaceAll(/([^;]+) \(([^)]*):(\d+)\)/g, '$2:$1:$3');
      return { thread, stack: unified, numbers };
    });
}

describe('austin: every line of a text is a sample of its thread', () => {
  for (const name of [
    'austin-1.0.1.txt',
    'austin-1.0.1-alt.txt',
    'austin-3.7.0.austin',
    'austin-3.7.0-C.austin',
    'austin-3.7.0-s.austin',
    'austin-3.7.0-m.austin',
  ]) {
    it(name, () => {
      const profile = sample(name);
      const lines = textLines(name);
      assert.ok(lines.length > 2);
      for (const thread of new Set(lines.map((line) => line.thread))) {
        const expected = lines
          .filter((line) => line.thread === thread)
          .map(({ stack, numbers }) => `${stack} ${numbers}`);
        assert.deepEqual(linesOf(profile, laneOf(profile, thread)), expected);
      }
      const sum = lines
        .filter(({ stack }) => stack !== '')
        .reduce((total, { numbers }) => total + Number(numbers), 0);
      const unit = profile.unit === 'seconds' ? 1e6 : 1;
      assert.equal(Math.round(profile.total * unit), sum);
    });
  }
});

describe('austin: metrics', () => {
  it('of a full recording are those that its lines add up to', () => {
    for (const name of ['austin-3.7.0-f.austin', 'austin-3.7.0-fgC.austin']) {
      const sums = { wall: 0, cpu: 0, idle: 0, gc: 0, allocated: 0, freed: 0 };
      for (const { stack, numbers } of textLines(name)) {
        if (stack === '') continue;
        const [time = 0, idle = 0, memory = 0] = numbers.split(',').map(Number);
        sums.wall += time;
        sums[idle ? 'idle' : 'cpu'] += time;
        if (stack.endsWith(':GC:')) sums.gc += time;
        sums[memory > 0 ? 'allocated' : 'freed'] += Math.abs(memory);
      }
      for (const { id, unit } of sample(name).metrics?.all ?? []) {
        const profile = sample(name, id);
        assert.equal(profile.metrics?.shown, id);
        assert.equal(profile.unit, unit);
        const total = profile.total * (unit === 'seconds' ? 1e6 : 1);
        assert.equal(Math.round(total), sums[id as keyof typeof sums], `${name} ${id}`);
      }
    }
  });

  it('have the time of the garbage collector that austin itself reports', () => {
    const name = 'austin-3.7.0-fgC.austin';
    const reported = /^# gc: (\d+)$/m.exec(readFixture(`austin/${name}`).toString())?.[1];
    assert.equal(Math.round(sample(name, 'gc').total * 1e6), Number(reported));
  });

  it('are those that a recording has', () => {
    const idsOf = (name: string): unknown => sample(name).metrics?.all.map(({ id }) => id);
    assert.deepEqual(idsOf('austin-3.7.0.austin'), undefined);
    assert.deepEqual(idsOf('austin-3.7.0-m.mojo'), undefined);
    assert.deepEqual(idsOf('austin-3.7.0-f.mojo'), ['wall', 'cpu', 'idle', 'allocated']);
    const all = ['wall', 'cpu', 'idle', 'gc', 'allocated', 'freed'];
    assert.deepEqual(idsOf('austin-3.7.0-fgC.austin'), all);
    assert.deepEqual(idsOf('austin-3.7.0-fgC.mojo'), all);
  });

  it('of CPU time keep the time that passed', () => {
    const name = 'austin-3.7.0-f.austin';
    const lengths = ['wall', 'cpu'].map((metric) =>
      laneOf(sample(name, metric), '5801').weights.reduce((sum, weight) => sum + weight, 0),
    );
    assert.equal(lengths[0], lengths[1]);
  });
});

describe('austin: threads', () => {
  it('are named by their process where there are several', () => {
    const names = stacksOf(sample('austin-3.7.0-fgC.austin')).lanes.map(({ name }) => name);
    assert.deepEqual(names, ['Process 4069, Main thread 4069', 'Process 4071, Main thread 4071']);
  });

  it('are named by their interpreter where it is not the first', () => {
    const profile = read(`${header}P1;T0:1;a.py:f:1 5\nP1;T2:1;a.py:f:1 5\n${end}`);
    assert.deepEqual(
      stacksOf(profile).lanes.map(({ name }) => name),
      ['Main thread 1', 'Main thread 1, interpreter 2'],
    );
  });
});

describe('austin: older and rarer lines', () => {
  const only = (text: string, metric?: string): string[] => {
    const profile = read(text, metric);
    return linesOf(profile, stacksOf(profile).lanes[0] as Lane);
  };

  it('1.x with --full counts memory in KiB', () => {
    const text = 'Thread 7f;f (a.py);L3 100 4 0\nThread 7f;f (a.py);L3 100 0 -8\n';
    assert.deepEqual(only(text), ['a.py:f:3 100', 'a.py:f:3 100']);
    assert.deepEqual(only(text, 'allocated'), ['a.py:f:3 4096']);
    assert.deepEqual(only(text, 'freed'), ['a.py:f:3 8192']);
  });

  it('1.x with --memory is told by memory that was given back', () => {
    const text = 'Process 1;Thread 7f;f (a.py);L3 4\nProcess 1;Thread 7f;f (a.py);L3 -8\n';
    assert.deepEqual(only(text), ['a.py:f:3 4096']);
    assert.equal(read(text).unit, 'bytes');
  });

  it('1.x with --sleepless writes idle samples that took no time', () => {
    const text = 'Thread 7f;f (a.py);L3;<idle> 0\nThread 7f;f (a.py);L3 100\n';
    assert.deepEqual(only(text), [' 0', 'a.py:f:3 100']);
  });

  it('2.x names process and thread in short', () => {
    assert.deepEqual(only('P12;T7ffb;f (../a b.py);L3;g (<string>);L1 100\n'), [
      '../a b.py:f:3;<string>:g:1 100',
    ]);
  });

  it('3.x with --alt-format has lines of their own', () => {
    assert.deepEqual(only(`${header}P1;T1;C:\\a.py:f;L3;/bin/app:<module>;L7 100\n${end}`), [
      'C:\\a.py:f:3;/bin/app:<module>:7 100',
    ]);
  });

  it('austinp adds the kernel and libraries', () => {
    assert.deepEqual(
      only(`${header}P1;T1;a.py:f:3;/lib/libc.so:read:0;kernel:do_read:0 9\n${end}`),
      ['a.py:f:3;/lib/libc.so:read;do_read [kernel] 9'],
    );
  });
});

describe('austin: texts of a killed process', () => {
  const text = `${header}P1;T0:1;a.py:f:1 500\nP1;T0:1;a.py:f:2 600\n`;

  it('open with the lines that are whole', () => {
    const cut = read(text.slice(0, -2));
    assert.equal(cut.total, 0.0005);
    assert.deepEqual(cut.warnings, [
      'The file ends in the middle of a line, which was left out.',
      'The recording has no end: austin was stopped before it wrote it, or is still recording.',
    ]);
    assert.deepEqual(read(text + end).warnings, []);
  });

  it('leave out what is no sample of their mode', () => {
    const odd = 'P1;T0:1;a.py:f:1 1,0,2\nP1;T0:1;a.py:f:1 -4\nnothing\n';
    const profile = read(text + odd + end);
    assert.equal(Math.round(profile.total * 1e6), 500 + 600);
    assert.deepEqual(profile.warnings, [
      '3 lines could not be read and were left out, the first of them line 7.',
    ]);
  });
});

describe('austin: other texts are none', () => {
  for (const [what, text] of [
    ['a log', 'Thread 12: started 4\nThread 12: stopped 5\n'],
    ['threads without a stack', 'Thread 12 4\nThread 12 5\n'],
    ['comments', '# a list\n# of things\n'],
    ['py-spy', 'thread (12);f (a.py:3) 4\n'],
    ['nothing', ''],
  ] as const) {
    it(what, () => {
      assert.equal(austin.detect(Buffer.from(text)), false);
    });
  }

  it('a sample reads the same by every name', () => {
    assert.deepEqual(readSample('austin/austin-3.7.0.austin'), sample('austin-3.7.0.austin'));
  });
});
