import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CollectedProcess } from '../../../../src/collector/api';
import {
  DEFAULT_CHOICE,
  lanesOf,
  longestPeriod,
  shownPeriod,
  timelineDocument,
} from '../../../../src/views/collectors/timelineDocument';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 20, 14, 30, 20);

function processOf(host: string, port: number, name: string): CollectedProcess {
  return { host, port, name, pid: 1, period: { fromMs: 0, untilMs: NOW }, samples: 1 };
}

const countOf = (
  startMs: number,
  running: number,
): { startMs: number; running: number; waiting: number } => ({
  startMs,
  running,
  waiting: 1000,
});

describe('what a timeline can show alone', () => {
  it('is each address, and its processes where it had several', () => {
    const lanes = lanesOf([
      processOf('web-2', 80, 'shop'),
      processOf('web-1', 80, 'worker'),
      processOf('web-1', 80, 'shop'),
      processOf('web-1', 80, 'shop'),
      processOf('::1', 81, ''),
    ]);
    assert.deepEqual(
      lanes.map(({ label }) => label),
      ['All endpoints', '[::1]:81', 'web-1:80', 'web-1:80 · shop', 'web-1:80 · worker', 'web-2:80'],
    );
    assert.deepEqual(lanes[0]?.restriction, {});
    assert.deepEqual(lanes[4]?.restriction, { host: 'web-1', port: 80, process: 'worker' });
    assert.equal(new Set(lanes.map(({ id }) => id)).size, lanes.length);
  });
});

describe('the steps of a timeline', () => {
  it('go on to the end of the present minute', () => {
    const period = shownPeriod(DEFAULT_CHOICE, NOW);
    assert.equal(period.untilMs, Date.UTC(2026, 10, 20, 14, 31));
    assert.equal(period.untilMs - period.fromMs, HOUR);
    assert.equal(longestPeriod(NOW).untilMs - longestPeriod(NOW).fromMs, 30 * 24 * HOUR);
  });

  it('hold the samples of threads that ran, where they were taken', () => {
    const counts = [
      countOf(Date.UTC(2026, 10, 20, 13, 30), 7),
      countOf(Date.UTC(2026, 10, 20, 13, 31), 5),
      countOf(Date.UTC(2026, 10, 20, 14, 30), 3),
    ];
    const document = timelineDocument({ bucketMs: MINUTE, counts }, [], DEFAULT_CHOICE, NOW);
    assert.equal(document.samples.length, 60);
    assert.equal(document.samples[0], 5);
    assert.equal(document.samples.at(-1), 3);
    assert.equal(
      document.samples.reduce((sum, count) => sum + count),
      8,
    );
  });

  it('add up what is finer, and are no finer than what was counted', () => {
    const week = { lane: '', spanMs: 7 * 24 * HOUR };
    const hour = Date.UTC(2026, 10, 20, 13);
    const counts = [countOf(hour, 1), countOf(hour + 59 * MINUTE, 2), countOf(hour + HOUR, 4)];
    const document = timelineDocument({ bucketMs: MINUTE, counts }, [], week, NOW);
    assert.equal(document.stepMs, HOUR);
    assert.deepEqual(document.samples.slice(-2), [3, 4]);
    const coarse = timelineDocument({ bucketMs: 6 * HOUR, counts }, [], DEFAULT_CHOICE, NOW);
    assert.equal(coarse.stepMs, 6 * HOUR);
    assert.equal(coarse.samples.at(-1), 7);
  });

  it('show the last hour where another span is asked for than is offered', () => {
    const document = timelineDocument(
      { bucketMs: MINUTE, counts: [] },
      [],
      { lane: '', spanMs: 12_345 },
      NOW,
    );
    assert.equal(document.shown.spanMs, HOUR);
    assert.equal(document.samples.length, 60);
  });
});
