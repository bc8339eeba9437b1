import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FoundCost } from '../../../../src/views/explorer/foundProfiles';
import { EndpointNames } from '../../../../src/views/explorer/endpointNames';
import { listProfiles, shownEntries, type Listing } from '../../../../src/views/explorer/listing';
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

  it('shows of a search what it found, where most time was spent first', () => {
    const cost = (total: number, unit: FoundCost['unit'] = 'seconds'): FoundCost => ({
      ...{ unit, self: 0, total },
    });
    const costs = new Map([
      [UNKNOWN.path, cost(1_000, 'samples')],
      [FAST.path, cost(0.009)],
      [SLOWER.path, cost(0.5)],
    ]);
    const found = { what: 'index in views.py', costs };
    const { top, shown } = listProfiles(ENTRIES, ALL, BY_DURATION, found);
    assert.equal(shown, 3);
    assert.equal(top.kind, 'profiles');
    const paths = top.entries.slice(0, 10).map(({ path }) => path);
    assert.deepEqual(paths, [SLOWER.path, FAST.path, UNKNOWN.path]);
    assert.equal(
      listProfiles(ENTRIES, { words: ['fast'], minimumMs: 0 }, BY_DURATION, found).shown,
      1,
    );
  });

  it('shows behind the costs of a line those of the function around it', () => {
    const cost = { unit: 'seconds', self: 0, total: 1 } as const;
    const costs = new Map<string, FoundCost>([
      [FAST.path, { ...cost, total: 5, isOfFunction: true }],
      [SLOWER.path, { ...cost, total: 3 }],
    ]);
    const { top } = listProfiles(ENTRIES, ALL, BY_DURATION, { what: 'line 3', costs });
    assert.equal(top.kind, 'profiles');
    const paths = top.entries.slice(0, 10).map(({ path }) => path);
    assert.deepEqual(paths, [SLOWER.path, FAST.path]);
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

  it('groups by the template of the URL, the method apart', () => {
    const requests = [
      entry({ method: 'GET', path: '/items/5', durationMs: 30 }),
      entry({ method: 'GET', path: '/items/40', durationMs: 10 }),
      entry({ method: 'POST', path: '/items/5', durationMs: 20 }),
      entry({ method: 'GET', path: '/things/x', route: 'things/<slug:name>', durationMs: 5 }),
      entry({}, { name: 'unnamed.prof' }),
    ];
    const names = new EndpointNames(() => ({ patterns: [], routes: [] }));
    const view = { ...BY_DURATION, groupBy: 'endpoint' } as const;
    const listing = listProfiles(requests, ALL, view, undefined, names.of(requests));
    assert.deepEqual(
      groups('endpoint', listing).map((group) => (group as unknown[]).slice(0, 1)),
      [['GET /items/{id}'], ['POST /items/{id}'], ['GET /things/{name}'], ['unnamed.prof']],
    );
    assert.equal(shownEntries(listing).length, requests.length);
  });

  it('follows the rules for endpoints when they change', () => {
    const [mug] = [entry({ path: '/shop/mug/' })];
    let patterns: string[] = [];
    const names = new EndpointNames(() => ({ patterns, routes: ['/shop/<str:name>/'] }));
    assert.deepEqual([...names.of([mug]).values()], ['/shop/{name}/']);
    patterns = ['/shop/{product}/'];
    assert.deepEqual([...names.of([mug]).values()], ['/shop/{product}/']);
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
