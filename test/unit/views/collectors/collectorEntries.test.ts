import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Endpoint } from '../../../../src/collector/api';
import {
  allowedEndpoints,
  collectorEntries,
} from '../../../../src/views/collectors/collectorEntries';

/** `a,b` is two endpoints. */
function parse(text: string): Endpoint[] {
  if (text.includes('?')) throw new Error('An address has no question mark.');
  return text.split(',').map((host) => ({ url: `http://${host}/`, host, port: 80 }));
}

const entriesOf = (
  user: readonly string[],
  workspace: readonly string[] = [],
  allowed: readonly string[] = [],
): ReturnType<typeof collectorEntries> =>
  collectorEntries({ user, workspace, allowed: new Set(allowed) }, parse);

const urls = (entries: ReturnType<typeof collectorEntries>): string[] =>
  allowedEndpoints(entries).map(({ url }) => url);

describe('what is collected from', () => {
  it('is what the user added, in that order, each once', () => {
    const entries = entriesOf(['b', 'a,c', 'b', 'c']);
    assert.deepEqual(
      entries.map(({ text }) => text),
      ['b', 'a,c', 'c'],
    );
    assert.deepEqual(urls(entries), ['http://b/', 'http://a/', 'http://c/']);
  });

  it('is of the workspace only what a person agreed to', () => {
    const entries = entriesOf(['a'], ['b', 'c'], ['c']);
    assert.deepEqual(urls(entries), ['http://a/', 'http://c/']);
    assert.deepEqual(
      entries.map(({ isAllowed, origin }) => [isAllowed, origin]),
      [
        [true, 'user'],
        [false, 'workspace'],
        [true, 'workspace'],
      ],
    );
  });

  it('needs no agreement where the user has it too', () => {
    assert.deepEqual(urls(entriesOf(['a'], ['a'])), ['http://a/']);
    assert.equal(entriesOf(['a'], ['a']).length, 1);
  });

  it('leaves out what cannot be read, and says why', () => {
    const entries = entriesOf(['a', 'b?']);
    assert.deepEqual(urls(entries), ['http://a/']);
    assert.equal(entries[1]?.problem, 'An address has no question mark.');
  });
});
