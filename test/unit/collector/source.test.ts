import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../../src/core/derive/callTree';
import type { CollectedSource } from '../../../src/core/profileSource';
import { ProfileReader } from '../../../src/profiles/profileReader';
import { Collected } from './support/collected';
import { databasePath } from './support/folder';
import { withoutSqlite } from './support/sqlite';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 12);

describe('what was collected, as a source of views', { skip: withoutSqlite }, () => {
  const database = databasePath();
  const collected = new Collected(database);
  const reader = new ProfileReader(4);

  after(() => {
    collected.database.close();
  });

  function minute(number: number): CollectedSource {
    const fromMs = START + number * MINUTE;
    return { title: `minute ${number}`, database, period: { fromMs, untilMs: fromMs + MINUTE } };
  }

  it('is a flamegraph, a table and lines beside the source', () => {
    collected.add(START, { 'main;render': 30, 'main;query': 70 }, { granularity: 0.01 });
    const source = minute(0);
    const flamegraph = reader.flamegraph(source, source.title, DEFAULT_LIMITS);
    assert.equal(flamegraph.kind, 'graph');
    assert.match(flamegraph.note ?? '', /^Collected stacks stand by weight, not in time order\.$/);
    assert.deepEqual([...reader.table(source).names].sort(), ['main', 'query', 'render']);
    assert.ok(reader.annotations(source).files.has('/srv/query.py'));
  });

  it('is read anew when more was collected', () => {
    const total = () => reader.table(minute(0)).total;
    const before = total();
    collected.add(START, { 'main;query': 100 }, { granularity: 0.01 });
    assert.ok(Math.abs(total() - before - 1) < 1e-9);
  });

  it('compares with that of another time', () => {
    collected.add(START + MINUTE, { 'main;query': 300 }, { granularity: 0.01 });
    const compared = { title: 'two minutes', before: minute(0), after: minute(1) };
    const { functions, unit } = reader.compare(compared, DEFAULT_LIMITS);
    assert.equal(unit, 'seconds');
    const query = functions.find(({ name }) => name === 'query');
    assert.ok(query);
    assert.ok(Math.abs((query.self.before ?? 0) - 1.7) < 1e-9);
    assert.ok(Math.abs((query.self.after ?? 0) - 3) < 1e-9);
  });
});
