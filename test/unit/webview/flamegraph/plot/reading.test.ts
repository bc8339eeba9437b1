import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlotDocument } from '../../../../../src/protocol/flamegraph';
import { nextMoment, readingAt, spoken } from '../../../../../webview/flamegraph/plot/reading';

const mebibyte = 2 ** 20;
const series = (name: string, times: number[], values: number[]) => ({
  name,
  times,
  values: values.map((each) => each * mebibyte),
  peak: { time: 0, value: 0 },
});
const call = (name: string, start: number, end: number, row: number) => ({
  name,
  start,
  end,
  row,
  valueAtStart: mebibyte,
  valueAtEnd: 3 * mebibyte,
});

const plot: PlotDocument = {
  unit: 'bytes',
  startMs: 0,
  duration: 4,
  series: [series('app', [0, 1, 2, 4], [1, 2, 8, 4]), series('Child 7', [1, 1.5], [5, 6])],
  calls: [call('outer', 0.5, 3, 0), call('inner', 1, 2, 1)],
};

describe('a reading of the plot', () => {
  it('has the values measured next to the time, and none where a process did not run', () => {
    const values = (time: number): unknown =>
      readingAt(plot, time).values.map((value) => value && value / mebibyte);
    assert.deepEqual(values(1.4), [2, 6]);
    assert.deepEqual(values(0.9), [2, undefined]);
    assert.deepEqual(values(4), [4, undefined]);
  });

  it('has the calls that went on, the outermost first', () => {
    const names = (time: number): string[] => readingAt(plot, time).calls.map(({ name }) => name);
    assert.deepEqual([names(0), names(1.5), names(2.5)], [[], ['outer', 'inner'], ['outer']]);
  });

  it('is said in words', () => {
    assert.equal(spoken(plot, 2.5), '2.5 s, app 8.00 MiB, in outer +2.00 MiB');
  });
});

describe('the arrow keys', () => {
  it('go from measurement to measurement of all processes', () => {
    const moments = [0];
    for (let time = 0; time < 4;) moments.push((time = nextMoment(plot, time, 'after')));
    assert.deepEqual(moments, [0, 1, 1.5, 2, 4]);
    assert.equal(nextMoment(plot, 1.7, 'before'), 1.5);
  });

  it('stay at the ends', () => {
    assert.equal(nextMoment(plot, 4, 'after'), 4);
    assert.equal(nextMoment(plot, 0, 'before'), 0);
  });
});
