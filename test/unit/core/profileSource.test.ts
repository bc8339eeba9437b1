import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSameSource, pathsOf, sourceName } from '../../../src/core/profileSource';

describe('a source that was collected', () => {
  const source = {
    title: 'web-1 · last 15 minutes',
    database: '/storage/collected.db',
    period: { fromMs: 0, untilMs: 900_000 },
    host: 'web-1',
  };

  it('is the same only where all of its query is', () => {
    assert.ok(isSameSource(source, { ...source, waiting: false }));
    for (const other of [
      { ...source, title: 'another' },
      { ...source, database: '/other.db' },
      { ...source, period: { fromMs: 0, untilMs: 1 } },
      { ...source, host: 'web-2' },
      { ...source, port: 1 },
      { ...source, process: 'shop' },
      { ...source, waiting: true },
      { title: source.title, paths: [] },
      source.title,
    ])
      assert.ok(!isSameSource(source, other) && !isSameSource(other, source));
  });

  it('has a name, and no profile of its own on disk', () => {
    assert.equal(sourceName(source), source.title);
    assert.deepEqual(pathsOf(source), []);
  });
});
