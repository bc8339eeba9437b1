import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  baselineFirst,
  byEndpoint,
  newestFirst,
  splitAt,
} from '../../../../src/views/compare/comparedEntries';
import { entry } from '../explorer/support';

const at = (path: string, endedMs: number): ReturnType<typeof entry> => entry({ path, endedMs });
const pathOf = ({ request }: ReturnType<typeof entry>): string | undefined => request.facts.path;

const entries = [at('/b', 200), at('/a', 100), at('/c', 300)];
const timeless = entry({ path: '/timeless' });

describe('the sides of a comparison', () => {
  it('are what ended before a moment, and from it on', () => {
    const { before, after } = splitAt([...entries, timeless], 200);
    assert.deepEqual(before.map(pathOf), ['/a']);
    assert.deepEqual(after.map(pathOf), ['/b', '/c']);
  });

  it('are offered with the newest first, by what the file tells where the request has no time', () => {
    const written = entry({ path: '/written' }, { modifiedMs: 250 });
    const sorted = newestFirst([timeless, written, ...entries]);
    assert.deepEqual(sorted.map(pathOf), ['/c', '/written', '/b', '/a', '/timeless']);
  });

  it('stand with the older first, however they were chosen', () => {
    const [b, a] = entries.map((each) => ({ entries: [each] }));
    assert.ok(a && b);
    assert.deepEqual(baselineFirst(a, b), [a, b]);
    assert.deepEqual(baselineFirst(b, a), [a, b]);
    const [one, other] = [{ entries: [timeless] }, { entries: [timeless] }];
    assert.equal(baselineFirst(one, other)[0], one);
  });

  it('hold a single profile against several, even where it is the older', () => {
    const [single, several] = [{ entries: entries.slice(1, 2) }, { entries }];
    assert.deepEqual(baselineFirst(single, several), [several, single]);
    assert.deepEqual(baselineFirst(several, single), [several, single]);
  });

  it('are gathered by endpoint, the one that was requested last first', () => {
    const names = new Map(
      entries.map((each) => [each, pathOf(each) === '/c' ? 'GET /c' : 'GET /x']),
    );
    const groups = byEndpoint(entries, names);
    assert.deepEqual(
      [...groups].map(([name, members]) => [name, members.map(pathOf)]),
      [
        ['GET /c', ['/c']],
        ['GET /x', ['/b', '/a']],
      ],
    );
  });
});
