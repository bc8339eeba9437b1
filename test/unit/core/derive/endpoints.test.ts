import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { groupByEndpoint, percentile } from '../../../../src/core/derive/endpoints';

describe('groupByEndpoint', () => {
  it('tells how the requests of each endpoint are spread', () => {
    const requests = [30, 10, 20, 40].map((durationMs) => ({ key: 'GET /', durationMs }));
    assert.deepEqual(groupByEndpoint([...requests, { key: 'POST /', durationMs: 7 }]), [
      { key: 'GET /', count: 4, p50: 25, p95: 38.5, max: 40, total: 100 },
      { key: 'POST /', count: 1, p50: 7, p95: 7, max: 7, total: 7 },
    ]);
  });

  it('counts requests without a duration, and takes no statistics from them', () => {
    assert.deepEqual(
      groupByEndpoint([
        { key: '/', durationMs: undefined },
        { key: '/', durationMs: 5 },
        { key: '__proto__', durationMs: undefined },
      ]),
      [
        { key: '/', count: 2, p50: 5, p95: 5, max: 5, total: 5 },
        { key: '__proto__', count: 1, p50: undefined, p95: undefined, max: undefined, total: 0 },
      ],
    );
  });
});

describe('percentile', () => {
  it('interpolates between the nearest ranks', () => {
    assert.equal(percentile([1, 2, 3, 4], 0.5), 2.5);
    assert.equal(percentile([1, 2, 3], 0.5), 2);
    assert.equal(percentile([1, 2], 1), 2);
    assert.equal(percentile([], 0.5), undefined);
  });
});
