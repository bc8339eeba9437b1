import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entryDurationMs, formatDuration, requestTitle } from '../../../src/profiles/requestTitle';
import { entry, SUMMARY } from './support';

describe('requestTitle', () => {
  it('names the request and its duration, or else the file', () => {
    assert.equal(
      requestTitle(entry('x.prof', { method: 'GET', path: '/shop', durationMs: 123 })),
      'GET /shop · 123 ms',
    );
    assert.equal(requestTitle(entry('x.prof', { path: 'shop.items' })), 'shop.items');
    assert.equal(requestTitle(entry('x.prof')), 'x.prof');
  });
});

describe('entryDurationMs', () => {
  it('falls back to what the profile adds up to, if that is time', () => {
    const readable = { ...entry('x.prof'), state: { kind: 'readable', summary: SUMMARY } } as const;
    assert.equal(entryDurationMs(readable), 250);
    const samples = { ...SUMMARY, unit: 'samples' } as const;
    assert.equal(
      entryDurationMs({ ...readable, state: { kind: 'readable', summary: samples } }),
      undefined,
    );
  });
});

describe('formatDuration', () => {
  it('writes three digits in the unit that fits', () => {
    const cases: readonly [number, string][] = [
      [0, '0 ms'],
      [0.42, '0.42 ms'],
      [12.34, '12.3 ms'],
      [999.4, '999 ms'],
      [999.6, '1 s'],
      [1_250, '1.25 s'],
      [59_960, '1 min 0 s'],
      [125_000, '2 min 5 s'],
    ];
    for (const [milliseconds, text] of cases) assert.equal(formatDuration(milliseconds), text);
  });
});
