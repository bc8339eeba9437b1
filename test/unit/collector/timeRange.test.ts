import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMoment, parseTimeRange, TimeRangeError } from '../../../src/collector/timeRange';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const now = new Date(2026, 10, 20, 14, 30, 5).getTime();

describe('a moment', () => {
  for (const [text, agoMs] of [
    ['now', 0],
    [' NOW ', 0],
    ['-15minutes', 900 * SECOND],
    ['-15 min', 900 * SECOND],
    ['-1m', 60 * SECOND],
    ['-2h', 2 * HOUR],
    ['-1.5 hours', 1.5 * HOUR],
    ['3 days ago', 72 * HOUR],
    ['-1week', 168 * HOUR],
    ['-30s', 30 * SECOND],
  ] as const) {
    it(`is so long ago: ${text}`, () => {
      assert.equal(parseMoment(text, now), now - agoMs);
    });
  }

  it('is local time, of today where no day is named', () => {
    assert.equal(parseMoment('9:05', now), new Date(2026, 10, 20, 9, 5).getTime());
    assert.equal(parseMoment('09:05:30', now), new Date(2026, 10, 20, 9, 5, 30).getTime());
    assert.equal(parseMoment('2026-11-19 23:00', now), new Date(2026, 10, 19, 23).getTime());
    assert.equal(parseMoment('2026-11-19', now), new Date(2026, 10, 19).getTime());
  });

  it('is ISO 8601 with a zone', () => {
    assert.equal(parseMoment('2026-11-19T23:00:01Z', now), Date.UTC(2026, 10, 19, 23, 0, 1));
    assert.equal(parseMoment('2026-11-19T23:00+02:00', now), Date.UTC(2026, 10, 19, 21));
  });

  for (const text of [
    '',
    'yesterday',
    '-15',
    '25:00',
    '12:60',
    '2026-02-30',
    '-5 parsecs',
    '1e9d',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseMoment(text, now),
        (error) => error instanceof TimeRangeError && /is no time: give /.test(error.message),
      );
    });
  }
});

describe('a range of time', () => {
  it('begins before it ends', () => {
    assert.deepEqual(parseTimeRange('-15minutes', 'now', now), {
      fromMs: now - 900 * SECOND,
      untilMs: now,
    });
    assert.throws(() => parseTimeRange('now', '-2h', now), /“now” is not before “-2h”\./);
  });
});
