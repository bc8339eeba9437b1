import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  entriesWithin,
  namedRanges,
  recordedPeriod,
} from '../../../../src/views/explorer/timeRange';
import { entry } from './support';

const NOW = new Date(2026, 10, 20, 0, 30).getTime();
const MINUTE = 60_000;

const entries = [5, 20, 40, 80].map((minutes) =>
  entry({ path: `/${minutes}`, endedMs: NOW - minutes * MINUTE }),
);
const timeless = entry({ path: '/timeless' });

describe('a time range of profiles', () => {
  it('has a name and the profiles that ended in it', () => {
    const counts = namedRanges(NOW).map(({ name, period }) => [
      name,
      entriesWithin([...entries, timeless], period).length,
    ]);
    assert.deepEqual(counts, [
      ['Last 15 minutes', 1],
      ['Last hour', 3],
      ['Today', 2],
    ]);
  });

  it('is offered from the first to the last profile', () => {
    const [last] = entries;
    const recorded = { fromMs: NOW - 80 * MINUTE, untilMs: last?.request.facts.endedMs };
    assert.deepEqual(recordedPeriod([timeless, ...entries], NOW), recorded);
    assert.deepEqual(recordedPeriod([timeless], NOW), { fromMs: NOW, untilMs: NOW });
  });
});
