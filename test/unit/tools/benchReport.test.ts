import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { report, type Measurement } from '../../../tools/benchReport.mjs';

const machine = { python: '3.13.0', implementation: 'CPython', system: 'Linux', processors: 2 };
const date = new Date('2026-05-01T12:00:00Z');

function tableOf(what: string, rows: Measurement['rows']): string {
  const text = report([{ machine, what, rows }], 'npm run bench -- profiler', date);
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n');
}

describe('the report of a benchmark', () => {
  it('says what it was made on, and by which command', () => {
    const text = report([{ machine, what: 'cost', rows: [] }], 'npm run bench -- profiler', date);
    assert.match(
      text,
      /Made on 2026-05-01 by `npm run bench -- profiler` on Linux, 2 processors, CPython 3\.13\.0\./,
    );
  });

  it('has a row for each profiler, with both pages beside each other', () => {
    const row = { contender: 'ours', label: 'Ours', milliseconds: 1.5, samplesPerSecond: 170.4 };
    const ratio = { median: 1.042, low: 1.031, high: 1.058, pairs: 4020 };
    const withFiles = { median: 12.6, low: 11.2, high: 13.9, pairs: 36 };
    assert.equal(
      tableOf('cost', [
        { ...row, page: '/programme/', ratio, withFiles },
        { ...row, page: '/seats/', ratio, withFiles },
        { contender: 'other', label: 'Other', page: '/programme/', error: 'No module' },
        { contender: 'other', label: 'Other', page: '/seats/', error: 'No module' },
      ]),
      [
        '| profiler | template page | with files | ORM request | with files | samples/s | pairs |',
        '| --- | --: | --: | --: | --: | --: | --: |',
        '| Ours | 1.04x (1.03–1.06) | 13x (11–14) | 1.04x (1.03–1.06) | 13x (11–14) | 170 / 170 | 4020 / 4020 |',
        '| Other | No module | No module | No module | No module |  | 0 / 0 |',
      ].join('\n'),
    );
  });

  it('has a row for each loop', () => {
    const ratio = { median: 1.5, low: 1.4, high: 1.6, pairs: 30 };
    assert.equal(
      tableOf('loops', [
        { contender: 'ours', label: 'Ours', page: '/loops/tiny_calls/', ratio },
        { contender: 'other', label: 'Other', page: '/loops/tiny_calls/', error: 'too slow' },
      ]),
      '| loop | Ours | Other |\n| --- | --: | --: |\n| tiny calls | 1.50x (1.40–1.60) | too slow |',
    );
  });

  it('has a row for each profiler and duration, with a column for each kind of code', () => {
    const row = { contender: 'ours', label: 'Ours', points: 1.26, worst: 2.5 };
    assert.equal(
      tableOf('accuracy', [
        { ...row, kind: 'loops', seconds: 0.05 },
        { ...row, kind: 'straight_line', seconds: 0.05 },
        { ...row, kind: 'loops', seconds: 1 },
      ]),
      [
        '| profiler | run | loops | straight line |',
        '| --- | --: | --: | --: |',
        '| Ours | 50 ms | 1.3 (2.5) | 1.3 (2.5) |',
        '| Ours | 1 s | 1.3 (2.5) |  |',
      ].join('\n'),
    );
  });

  it('tells by how much a start is later, or sooner', () => {
    assert.equal(
      tableOf('start-up', [{ command: '`python`', plain: 15.2, growth: 0.31, low: -0.4, high: 1 }]),
      '| command | without, ms | later by, ms |\n| --- | --: | --: |\n| `python` | 15 | +0.3 (−0.4 to +1.0) |',
    );
  });
});
