import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sparkline, trendOf } from '../../../../src/core/derive/endpointTrend';

describe('the trend of an endpoint', () => {
  it('is the median of requests that follow one another, the oldest first', () => {
    const requests = [40, 10, 30, 20, 60, 50].map((timeMs) => ({ timeMs, durationMs: timeMs * 2 }));
    assert.deepEqual(trendOf(requests, 3), [30, 70, 110]);
    assert.deepEqual(trendOf(requests, 10), [20, 40, 60, 80, 100, 120]);
    assert.deepEqual(trendOf([], 10), []);
  });

  it('is drawn from zero to the longest', () => {
    assert.equal(sparkline([0, 50, 100]), '▁▅█');
    assert.equal(sparkline([100, 100]), '██');
    assert.equal(sparkline([0, 0]), '▁▁');
  });
});
