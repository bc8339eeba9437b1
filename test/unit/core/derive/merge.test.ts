import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { ProfileMerger } from '../../../../src/core/derive/merge';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { readSample, samples } from '../formats/samples';
import { stacksProfile } from './stacks';

function merge(...profiles: readonly Profile[]): Profile {
  const merger = new ProfileMerger();
  for (const [index, profile] of profiles.entries()) merger.add(profile, `${index}.prof`);
  return merger.finish();
}

/** Numbers of functions or lines, in an order that does not depend on the profile's. */
type Costs = ReadonlyMap<string, readonly (number | undefined)[]>;

/** Of functions that are alike in all that a profile tells of them, all together. */
function functionCosts(profile: Profile, factor: number): Costs {
  const costs = new Map<string, (number | undefined)[]>();
  for (const [index, row] of functionTable(profile).rows.entries()) {
    const key = JSON.stringify(profile.functions[index]);
    const own = [row.calls, row.primitiveCalls, row.self, row.total];
    const known = costs.get(key);
    const sum = own.map((cost, at) => scaled(cost, factor, known?.[at]));
    costs.set(key, sum);
  }
  return costs;
}

function lineTotals(profile: Profile, factor: number): Costs {
  return new Map(
    [...lineCosts(profile)].flatMap(([file, lines]) =>
      [...lines].map(([line, { hits, self, time }]) => [
        `${file}:${line}`,
        [hits, self, time].map((cost) => scaled(cost, factor, undefined)),
      ]),
    ),
  );
}

/** To nine digits: sums of another order differ in the last ones. */
function scaled(
  cost: number | undefined,
  factor: number,
  added: number | undefined,
): number | undefined {
  return cost === undefined ? undefined : Number((cost * factor + (added ?? 0)).toPrecision(9));
}

function sortedMap(costs: Costs): [string, readonly (number | undefined)[]][] {
  return [...costs].sort(([one], [other]) => (one < other ? -1 : 1));
}

describe('a profile merged with itself costs twice as much', () => {
  for (const { path, bytes } of samples) {
    const profile = readProfile({ bytes, name: '' });
    if (profile.data.kind === 'timeline') continue;
    it(path, () => {
      const merged = merge(profile, profile);
      assert.deepEqual(checkIntegrity(merged), []);
      assert.equal(merged.total, profile.total * 2);
      assert.deepEqual(sortedMap(functionCosts(merged, 1)), sortedMap(functionCosts(profile, 2)));
      assert.deepEqual(sortedMap(lineTotals(merged, 1)), sortedMap(lineTotals(profile, 2)));
    });
  }
});

describe('merged stacks', () => {
  it('stand once each, the heaviest first', () => {
    const one = stacksProfile(`
      1 view@2 load@5
      2 view@3
      1 view@2 load@5`);
    const other = stacksProfile(`
      9 view@2 sort@7
      3 view@3`);
    const { data } = merge(one, other);
    assert.ok(data.kind === 'stacks');
    const [lane] = data.lanes;
    assert.equal(data.lanes.length, 1);
    assert.deepEqual([...(lane?.weights ?? [])], [9, 2, 5]);
    assert.deepEqual([...(lane?.counts ?? [])], [1, 2, 2]);
    assert.equal(lane?.timeOrdered, false);
  });

  it('count as many samples on a line as the profiles do', () => {
    const one = stacksProfile('1 view@2\n1 view@2');
    const costs = lineCosts(merge(one, one, one)).get('app.py');
    assert.equal(costs?.get(2)?.hits, 6);
  });

  it('count every call of tracers', () => {
    const traced = stacksProfile('1 view@2 load@5\n1 view@2 load+@5', 'evented');
    const merged = merge(traced, traced);
    const load = merged.functions.findIndex(({ name }) => name === 'load');
    assert.equal(
      functionTable(merged).rows[load]?.calls,
      2 * (functionTable(traced).rows[load]?.calls ?? NaN),
    );
  });
});

describe('what a profiler recorded of requests', () => {
  const orders = readSample('hotline/orders.lines.speedscope.json');

  it('is added up, and keeps the facts that all requests share', () => {
    const { record, request } = merge(orders, orders);
    assert.equal(record?.queries.length, 2 * (orders.record?.queries.length ?? NaN));
    assert.equal(record.sourceHashes.size, orders.record?.sourceHashes.size);
    assert.equal(request.route, orders.request.route);
    assert.equal(request.durationMs, undefined);
  });

  it('has no hash of a file that changed between two requests', () => {
    const [file = ''] = orders.record?.sourceHashes.keys() ?? [];
    assert.ok(orders.record && file !== '');
    const changed = { ...orders.record, sourceHashes: new Map([[file, 'other']]) };
    const merged = merge(orders, { ...orders, record: changed });
    assert.equal(merged.record?.sourceHashes.has(file), false);
    assert.ok(merged.warnings.includes('A source file changed between the profiles.'));
  });

  it('keeps 20,000 queries, and says how many are left out', () => {
    const [query] = orders.record?.queries ?? [];
    assert.ok(orders.record && query);
    const queries = Array.from({ length: 15_000 }, () => query);
    const busy = { ...orders, record: { ...orders.record, queries } };
    const merged = merge(busy, busy);
    assert.equal(merged.record?.queries.length, 20_000);
    const sentence = '10000 of the SQL queries and other timed calls are left out.';
    assert.ok(merged.warnings.includes(sentence), merged.warnings.join());
  });
});

describe('profiles that do not fit together', () => {
  const stats = readSample('pstats/cprofile-cp311.prof');
  const lines = readSample('line_profiler/lp-5.0.2-cp311.lprof');

  it('are refused, with the names of those that differ', () => {
    assert.throws(() => merge(stats, lines, stats), {
      name: 'ProfileError',
      message:
        'They cannot be merged: 1.prof (line timings in seconds) does not fit the others (call graphs in seconds).',
    });
    assert.throws(() => merge(stats, lines, lines, lines, lines), {
      message:
        /^They cannot be merged: 4 of the 5 do not fit the others .*3\.prof .* and 1 more\.$/,
    });
  });

  it('are those of another unit, too', () => {
    const counted = stacksProfile('1 view@2', 'sampled', { unit: 'samples' });
    assert.throws(() => merge(counted, stacksProfile('1 view@2')), /stacks in samples/);
  });

  it('are values over time', () => {
    const timeline = samples.find(({ path }) => /mprof/.test(path));
    assert.ok(timeline);
    assert.throws(() => merge(readSample(timeline.path)), /Values over time cannot be merged/);
  });
});
