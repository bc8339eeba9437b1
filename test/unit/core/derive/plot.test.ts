import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toPlot } from '../../../../src/core/derive/plot';
import type { Profile, Timeline } from '../../../../src/core/model/profile';
import { readSample } from '../formats/samples';

function timelineOf(profile: Profile): Timeline {
  if (profile.data.kind !== 'timeline') throw new Error(`${profile.format} is no timeline`);
  return profile.data;
}

const empty: Profile = {
  format: 'mprofDat',
  unit: 'bytes',
  total: 0,
  functions: [{ name: 'work', file: undefined, line: undefined }],
  data: { kind: 'timeline', series: [], calls: [] },
  lines: [],
  request: {},
  warnings: [],
};

const series = (name: string, values: readonly number[]): Timeline['series'][number] => ({
  name,
  times: Float64Array.from(values, (_, index) => 1000 + index / 10),
  values: Float64Array.from(values),
});

const plotOf = (timeline: Partial<Timeline>) =>
  toPlot(empty, { kind: 'timeline', series: [], calls: [], ...timeline });

describe('the plot of a profile', () => {
  it('begins with the first that was measured and has every value of a short one', () => {
    const profile = readSample('memory_profiler/mprof-python.dat');
    const timeline = timelineOf(profile);
    const { document, note } = toPlot(profile, timeline);
    const [own] = document.series;
    assert.equal(own?.times[0], 0);
    assert.equal(document.startMs, 1795176036775.3);
    assert.deepEqual(own.values, [...(timeline.series[0]?.values ?? [])]);
    assert.equal(note, undefined);
  });

  it('puts a call within another one a row below it, and the next one beside it', () => {
    const profile = readSample('memory_profiler/mprof-python.dat');
    const { calls } = toPlot(profile, timelineOf(profile)).document;
    assert.deepEqual(
      calls.map(({ name, row }) => [name, row]),
      [
        ['__main__.outer', 0],
        ['__main__.inner', 1],
        ['__main__.inner', 1],
        ['__main__.inner', 1],
        ['block label', 0],
      ],
    );
  });

  it('keeps every peak and dip of a long one, in fewer points', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => 50 + (index % 7));
    values[54_321] = 900;
    values[77_777] = 1;
    const [line] = plotOf({ series: [series('long', values)] }).document.series;
    assert.ok(line && line.values.length < 5_000);
    assert.ok(line.values.includes(900) && line.values.includes(1));
    assert.deepEqual(line.peak, { time: 5_432.1, value: 900 });
    assert.ok(line.times.every((time, index) => time >= (line.times[index - 1] ?? 0)));
    assert.equal(line.values.at(-1), values.at(-1));
  });

  it('says what it leaves out', () => {
    const many = Array.from({ length: 30 }, (_, index) => series(`Child ${index}`, [index, index]));
    const { document, note } = plotOf({ series: many });
    assert.deepEqual(
      document.series.map(({ name }) => name),
      many.slice(-12).map(({ name }) => name),
    );
    assert.match(note ?? '', /^Of 30 processes the 12 with the highest peaks are shown\.$/);
  });

  it('is empty where nothing was measured', () => {
    const { document } = plotOf({});
    assert.deepEqual([document.duration, document.series, document.calls], [0, [], []]);
  });
});
