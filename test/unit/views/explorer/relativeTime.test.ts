import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { localTime, relativeTime } from '../../../../src/views/explorer/relativeTime';

const NOW = new Date(2026, 10, 20, 12, 0, 0).getTime();
const MINUTE = 60_000;

describe('relativeTime', () => {
  it('is precise to what matters', () => {
    const cases: readonly [number, string][] = [
      [0, 'just now'],
      [59_000, 'just now'],
      [MINUTE, '1 min ago'],
      [59 * MINUTE, '59 min ago'],
      [60 * MINUTE, '1 h ago'],
      [47 * 60 * MINUTE, '1 d ago'],
      [50 * 24 * 60 * MINUTE, '2026-10-01'],
      [-30_000, 'just now'],
      [-24 * 60 * MINUTE, '2026-11-21'],
    ];
    for (const [age, text] of cases) assert.equal(relativeTime(NOW - age, NOW), text);
  });

  it('survives a time that is none', () => {
    assert.equal(relativeTime(1e300, NOW), 'date unknown');
  });
});

describe('localTime', () => {
  it('is exact to the second', () => {
    assert.equal(localTime(NOW + 65_000), '2026-11-20 12:01:05');
  });
});
