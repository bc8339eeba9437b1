import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  parseFromTimeline,
  parseTimelineState,
} from '../../../../src/views/collectors/timelineMessages';

const period = { fromMs: 1000, untilMs: 2000 };
const shown = { lane: '', spanMs: 3_600_000 };

describe('messages of the timeline', () => {
  it('are taken when they are whole, without anything else', () => {
    for (const message of [
      { t: 'ready' },
      { t: 'choose', shown },
      { t: 'show', period },
      { t: 'compare', periods: [period, { fromMs: 5, untilMs: 6 }] },
      { t: 'error', message: 'broken' },
    ]) {
      assert.deepEqual(parseFromTimeline({ ...message, more: 1 }), message);
    }
  });

  it('are refused when they are not', () => {
    for (const value of [
      undefined,
      'ready',
      { t: 'open' },
      { t: 'choose', shown: { lane: 7, spanMs: 1 } },
      { t: 'show', period: { fromMs: 2000, untilMs: 1000 } },
      { t: 'show', period: { fromMs: 1000, untilMs: Infinity } },
      { t: 'compare', periods: [period] },
      { t: 'compare', periods: period },
      { t: 'error', message: 'x'.repeat(100_001) },
    ]) {
      assert.equal(parseFromTimeline(value), undefined, JSON.stringify(value));
    }
  });

  it('bring back what was shown before the window was loaded anew', () => {
    assert.deepEqual(parseTimelineState({ shown }), shown);
    assert.equal(parseTimelineState(undefined), undefined);
    assert.equal(parseTimelineState({ shown: { lane: '' } }), undefined);
  });
});
