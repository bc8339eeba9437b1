import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile, Timeline } from '../../../../src/core/model/profile';
import { readFixture, readSample, samples } from './samples';

const mebibyte = 2 ** 20;

function timelineOf(profile: Profile): Timeline {
  if (profile.data.kind !== 'timeline') throw new Error(`${profile.format} is no timeline`);
  return profile.data;
}

function read(text: string): Profile {
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

/** The words of the lines of a kind. */
function linesOf(text: string, kind: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${kind} `))
    .map((line) => line.split(' ').slice(1));
}

describe('mprof: every sample, line by line', () => {
  for (const { path, bytes } of samples.filter(({ format }) => format === 'mprofDat')) {
    it(path, () => {
      const text = bytes.toString();
      const profile = readSample(path);
      const { series, calls } = timelineOf(profile);
      const [own, ...children] = series;
      assert.equal(own?.name, linesOf(text, 'CMDLINE')[0]?.join(' '));
      const measured = linesOf(text, 'MEM').map(([memory, time]) => [Number(time), Number(memory)]);
      assert.deepEqual(
        [...(own?.times ?? [])].map((time, index) => [time, (own?.values[index] ?? 0) / mebibyte]),
        measured,
      );
      const ofChildren = linesOf(text, 'CHLD');
      assert.deepEqual(
        children.flatMap(({ name, times }) => [...times].map((time) => `${name} ${time}`)).sort(),
        ofChildren.map(([pid, , time]) => `Child ${pid} ${Number(time)}`).sort(),
      );
      assert.deepEqual(
        calls.map(({ func, start, end, valueAtStart, valueAtEnd }) => [
          profile.functions[func]?.name,
          valueAtStart / mebibyte,
          start,
          valueAtEnd / mebibyte,
          end,
        ]),
        linesOf(text, 'FUNC').map((words) => [
          words.slice(0, -5).join(' ').replace(/^\./, ''),
          ...words.slice(-5, -1).map(Number),
        ]),
      );
      const all = [...measured, ...ofChildren.map(([, memory, time]) => [time, Number(memory)])];
      const atCalls = linesOf(text, 'FUNC').flatMap((words) => [
        Number(words.at(-5)),
        Number(words.at(-3)),
      ]);
      const peak = Math.max(...all.map(([, memory]) => Number(memory)), ...atCalls);
      assert.equal(profile.total, peak * mebibyte);
    });
  }
});

describe('mprof', () => {
  it('parts the processes', () => {
    const { series } = timelineOf(readSample('memory_profiler/mprof-multiprocess.dat'));
    assert.deepEqual(
      series.map(({ name }) => name),
      ['/usr/bin/python3 mem_mp.py', 'Child 26193', 'Child 26194'],
    );
  });

  it('opens a file whose last line is cut off with the lines before it', () => {
    const text = readFixture('memory_profiler/mprof-plain.dat').toString();
    const { warnings, data } = read(text.slice(0, -3));
    assert.equal(warnings.length, 1);
    assert.equal(data.kind === 'timeline' && data.series[0]?.times.length, 7);
  });

  it('orders what a clock that was set back disturbed', () => {
    const { series } = timelineOf(read('MEM 1 30\nMEM 2 10\nMEM 3 20\n'));
    assert.deepEqual(
      [...(series[0]?.values ?? [])],
      [2, 3, 1].map((each) => each * mebibyte),
    );
  });

  it('reads calls without a depth, as old versions write them', () => {
    const profile = read('FUNC app.view 1.5 10.25 2.5 11.25\n');
    assert.equal(profile.functions[0]?.name, 'app.view');
    assert.equal(timelineOf(profile).calls[0]?.end, 11.25);
  });

  it('names the line that is none of its', () => {
    const text = readFixture('memory_profiler/mprof-plain.dat').toString();
    const padded = text.repeat(60);
    assert.throws(() => read(`${padded}MEM lots 1795176036.2\n`), { message: /line 541 is none/ });
  });

  it('does not take a log for its file', () => {
    for (const log of ['MEM is at 5\n', 'CMDLINE x\n', 'MEM 1 2\nsomething else\n', 'MEM 1 2']) {
      assert.equal(detectFormat(Buffer.from(log)), undefined, log);
    }
  });
});
