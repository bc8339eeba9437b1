import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { threadsTogether } from '../../../src/attach/threadsTogether';
import { lineCosts } from '../../../src/core/derive/lineCosts';
import { readProfile } from '../../../src/core/formats/registry';

function thread(name: string, samples: readonly number[][]): unknown {
  const weights = samples.map(() => 0.01);
  const endValue = samples.length / 100;
  return { type: 'sampled', name, unit: 'seconds', startValue: 0, endValue, samples, weights };
}

function document(profiles: readonly unknown[]): string {
  const frames = ['serve', 'view', 'query'].map((name, index) => ({
    name,
    file: '/srv/app.py',
    line: index + 1,
    col: null,
  }));
  const exporter = 'py-spy@0.4.3';
  return JSON.stringify({ exporter, profiles, shared: { frames }, activeProfileIndex: null });
}

describe('threads together', () => {
  it('have the samples, the time and the lines of all', () => {
    const text = document([
      thread('Thread 1', [[0], [0]]),
      thread('Thread 2', [[0, 1]]),
      thread('Thread 3', [[0, 1, 2]]),
    ]);
    const joined = JSON.parse(threadsTogether(text)) as { profiles: unknown[] };
    assert.equal(joined.profiles.length, 1);
    const profile = readProfile({
      name: 'a.speedscope.json',
      bytes: Buffer.from(threadsTogether(text)),
    });
    assert.equal(profile.total.toFixed(3), '0.040');
    const lines = lineCosts(profile).get('/srv/app.py');
    assert.deepEqual(
      [1, 2, 3].map((line) => lines?.get(line)?.hits),
      [4, 2, 1],
    );
  });

  it('change nothing of one thread, of none, and of another form', () => {
    for (const text of [
      document([thread('Thread 1', [[0]])]),
      document([]),
      document([{ type: 'evented' }, { type: 'evented' }]),
      '[]',
    ])
      assert.equal(threadsTogether(text), text);
  });
});
