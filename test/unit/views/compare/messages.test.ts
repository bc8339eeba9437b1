import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseComparisonState, parseFromComparison } from '../../../../src/views/compare/messages';

const SOURCE = {
  title: 'before ↔ after',
  subject: 'GET /shop/',
  before: { title: 'before · 2 profiles', paths: ['/a.prof', '/b.prof'] },
  after: '/c.prof',
};

describe('messages of a comparison', () => {
  for (const message of [
    { t: 'ready' },
    { t: 'cancel' },
    { t: 'retry' },
    { t: 'shown', id: 3 },
    { t: 'openSource', frame: { name: 'view', file: '/views.py', line: 2 } },
    { t: 'error', message: 'x is not defined' },
  ]) {
    it(`are taken: ${message.t}`, () => {
      assert.deepEqual(parseFromComparison(message), message);
    });
  }

  it('are refused where they are anything else', () => {
    for (const value of [
      undefined,
      'ready',
      { t: 'shown', id: -1 },
      { t: 'openSource', frame: {} },
      { t: 'error', message: 'x'.repeat(100_001) },
      { t: 'runCommand', command: 'x' },
    ]) {
      assert.equal(parseFromComparison(value), undefined);
    }
  });
});

describe('what a comparison keeps over a reload', () => {
  it('is what it compares', () => {
    assert.deepEqual(parseComparisonState({ source: SOURCE, view: {} }), SOURCE);
  });

  it('is nothing where a side is missing or no source', () => {
    for (const source of [
      undefined,
      { ...SOURCE, after: undefined },
      { ...SOURCE, before: { title: 'none', paths: [] } },
      { ...SOURCE, title: 7 },
    ]) {
      assert.equal(parseComparisonState({ source }), undefined);
    }
  });
});
