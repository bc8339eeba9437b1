import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clockTicks, formatMinute, formatRange } from '../../../../webview/timeline/clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Local, as people read the clock. */
const at = (hour: number, minute = 0, day = 20): number =>
  new Date(2026, 10, day, hour, minute).getTime();

describe('the clock of a timeline', () => {
  it('marks round times of the day, wherever the timeline begins', () => {
    const labels = clockTicks(at(13, 57), at(14, 57), 6).map(({ label }) => label);
    assert.deepEqual(labels, ['14:00', '14:10', '14:20', '14:30', '14:40', '14:50']);
  });

  it('tells the date at midnight', () => {
    const ticks = clockTicks(at(20), at(4, 0, 21), 5);
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['20:00', '22:00', '2026-11-21', '02:00', '04:00'],
    );
    assert.equal(ticks[2]?.ms, at(0, 0, 21));
  });

  it('keeps to the number of marks that fit, from minutes to years', () => {
    for (const span of [5 * MINUTE, HOUR, 7 * HOUR, DAY, 30 * DAY, 900 * DAY]) {
      const { length } = clockTicks(at(13, 57), at(13, 57) + span, 8);
      assert.ok(length >= 2 && length <= 9, `${span}: ${length}`);
    }
  });

  it('repeats the date of a range only where it differs', () => {
    assert.equal(formatMinute(at(9, 5)), '2026-11-20 09:05');
    assert.equal(formatRange(at(9, 5), at(10)), '2026-11-20 09:05 – 10:00');
    assert.equal(formatRange(at(23, 5), at(0, 5, 21)), '2026-11-20 23:05 – 2026-11-21 00:05');
  });
});
