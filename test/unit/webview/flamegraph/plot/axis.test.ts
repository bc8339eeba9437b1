import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatChange,
  formatTime,
  formatValue,
  timeTicks,
  valueTicks,
} from '../../../../../webview/flamegraph/plot/axis';

const labels = (ticks: readonly { label: string }[]): string[] => ticks.map(({ label }) => label);

describe('the axis of values', () => {
  it('goes from 0 to above the peak in round numbers of a binary unit', () => {
    const ticks = valueTicks(29.3 * 2 ** 20, 'bytes', 6);
    assert.deepEqual(
      labels(ticks),
      [0, 5, 10, 15, 20, 25, 30].map((each) => `${each} MiB`),
    );
    assert.equal(ticks.at(-1)?.value, 30 * 2 ** 20);
  });

  it('has a length where nothing was in use', () => {
    assert.ok((valueTicks(0, 'bytes', 4).at(-1)?.value ?? 0) > 0);
  });

  it('keeps to the number of ticks that fit', () => {
    for (const maximum of [1, 999, 12_345, 7e9, 3e12]) {
      assert.ok(valueTicks(maximum, 'bytes', 5).length <= 6, String(maximum));
    }
  });
});

describe('the axis of time', () => {
  it('counts seconds, without what adding fractions leaves behind', () => {
    assert.deepEqual(
      labels(timeTicks(0.62, 7)),
      [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((each) => `${each} s`),
    );
  });

  it('counts minutes and hours as a clock does', () => {
    assert.deepEqual(labels(timeTicks(400, 8)), [
      '0 s',
      '1:00',
      '2:00',
      '3:00',
      '4:00',
      '5:00',
      '6:00',
    ]);
    assert.deepEqual(labels(timeTicks(11_000, 4)), ['0 s', '1:00:00', '2:00:00', '3:00:00']);
  });

  it('keeps to the number of ticks that fit, for days and years too', () => {
    for (const duration of [1e-3, 1, 59, 300, 4000, 90_000, 1e6, 1e9]) {
      assert.ok(timeTicks(duration, 8).length <= 9, String(duration));
    }
  });
});

describe('a value', () => {
  it('is told in the unit that suits it', () => {
    assert.equal(formatValue(29.2422 * 2 ** 20, 'bytes'), '29.24 MiB');
    assert.equal(formatValue(0, 'bytes'), '0 B');
    assert.equal(formatChange(-1536, 'bytes'), '−1.50 KiB');
    assert.equal(formatChange(0, 'bytes'), '0 B');
    assert.equal(formatTime(3725), '1:02:05');
  });
});
