import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listProfiles, type Listing } from '../../../../src/views/explorer/listing';
import type { ViewState } from '../../../../src/views/explorer/viewState';
import { entry } from './support';

const ALL = { words: [], minimumMs: 0 };
const BY_DURATION = { sortBy: 'duration', descending: true, groupBy: 'none' } as const;

const FAST = entry({ path: '/fast', durationMs: 10, endedMs: 3_000 });
const SLOW = entry({ path: '/slow', durationMs: 900, endedMs: 1_000 });
const SLOWER = entry({ path: '/slow', durationMs: 1_000, endedMs: 2_000 });
const UNKNOWN = entry({ path: '/unknown' }, { directory: '/elsewhere' });
const ENTRIES = [FAST, UNKNOWN, SLOW, SLOWER];

function order(view: Pick<ViewState, 'sortBy' | 'descending'>): string[] {
  const { top } = listProfiles(ENTRIES, ALL, { ...view, groupBy: 'none' });
  assert.equal(top.kind, 'profiles');
  return top.entries.slice(0, 10).map(({ name }) => name);
}

function groups(groupBy: 'endpoint' | 'directory', listing?: Listing): unknown[] {
  const { top } = listing ?? listProfiles(ENTRIES, ALL, { ...BY_DURATION, groupBy });
  assert.equal(top.kind, 'groups');
  return top.groups
    .slice(0, 10)
    .map(({ key, entries, statistics }) => [
      key,
      entries.slice(0, 10).map(({ name }) => name),
      statistics.count,
      statistics.max,
    ]);
}

describe('listProfiles', () => {
  it('sorts by duration or time, either way, what is unknown last', () => {
    const names = (...entries: { name: string }[]): string[] => entries.map(({ name }) => name);
    assert.deepEqual(
      order({ sortBy: 'duration', descending: true }),
      names(SLOWER, SLOW, FAST, UNKNOWN),
    );
    assert.deepEqual(
      order({ sortBy: 'duration', descending: false }),
      names(FAST, SLOW, SLOWER, UNKNOWN),
    );
    assert.deepEqual(
      order({ sortBy: 'time', descending: true }),
      names(FAST, SLOWER, SLOW, UNKNOWN),
    );
    assert.deepEqual(
      order({ sortBy: 'time', descending: false }),
      names(SLOW, SLOWER, FAST, UNKNOWN),
    );
  });

  it('counts what the filter leaves', () => {
    const listing = listProfiles(ENTRIES, { words: ['slow'], minimumMs: 950 }, BY_DURATION);
    assert.equal(listing.total, 4);
    assert.equal(listing.shown, 1);
  });

  it('groups by endpoint, the group of the first profile first', () => {
    assert.deepEqual(groups('endpoint'), [
      ['/slow', [SLOWER.name, SLOW.name], 2, 1_000],
      ['/fast', [FAST.name], 1, 10],
      ['/unknown', [UNKNOWN.name], 1, undefined],
    ]);
  });

  it('groups by directory', () => {
    assert.deepEqual(groups('directory'), [
      ['/profiles', [SLOWER.name, SLOW.name, FAST.name], 3, 1_000],
      ['/elsewhere', [UNKNOWN.name], 1, undefined],
    ]);
  });

  it('gives the same pages of many profiles whether it sorts all or selects the first', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      entry({ path: `/${index}`, durationMs: (index * 7_919) % 1_000 }),
    );
    const page = (start: number, end: number): string[] => {
      const { top } = listProfiles(many, ALL, BY_DURATION);
      assert.equal(top.kind, 'profiles');
      return top.entries.slice(start, end).map(({ name }) => name);
    };
    const all = page(1, 5_000);
    assert.deepEqual(page(0, 200).slice(1), all.slice(0, 199));
    assert.deepEqual(page(200, 400), all.slice(199, 399));
    assert.equal(new Set(all).size, 4_999);
  });
});
