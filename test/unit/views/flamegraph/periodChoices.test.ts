import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatMoment,
  formatPeriod,
  lastParts,
  parseMoment,
} from '../../../../src/views/flamegraph/periodChoices';

const at = (text: string): number => new Date(text).getTime();
const evening = at('2026-11-20T21:30:05');
const recorded = { fromMs: evening - 2 * 3_600_000, untilMs: evening };

describe('the parts of a recorded time', () => {
  it('are its last parts that are shorter than all of it', () => {
    assert.deepEqual(
      lastParts(recorded).map(({ label, period }) => [
        label,
        (period.untilMs - period.fromMs) / 60_000,
      ]),
      [
        ['Last minute', 1],
        ['Last 15 minutes', 15],
        ['Last hour', 60],
      ],
    );
  });

  it('end where the recording ends', () => {
    assert.ok(lastParts(recorded).every(({ period }) => period.untilMs === evening));
  });
});

describe('a period in words', () => {
  it('names the day once, or both days', () => {
    assert.equal(formatPeriod(recorded), '2026-11-20 19:30:05 – 21:30:05');
    assert.equal(
      formatPeriod({ fromMs: at('2026-11-19T23:00:00'), untilMs: at('2026-11-20T01:00:00') }),
      '2026-11-19 23:00:00 – 2026-11-20 01:00:00',
    );
  });
});

describe('a moment that is typed', () => {
  it('is a date with a time, as it was offered', () => {
    assert.equal(parseMoment(formatMoment(evening), 0), evening);
    assert.equal(parseMoment(' 2026-11-20T21:30 ', 0), at('2026-11-20T21:30:00'));
  });

  it('is a time of the day of the recording', () => {
    assert.equal(parseMoment('9:05', evening), at('2026-11-20T09:05:00'));
  });

  for (const typed of ['', 'now', '25:00', '2026-13-01 10:00', '14', '14:60']) {
    it(`is not ${JSON.stringify(typed)}`, () => {
      assert.equal(parseMoment(typed, evening), undefined);
    });
  }
});
