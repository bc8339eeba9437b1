import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { CollectedQuery } from '../../../src/collector/api';
import { History } from '../../../src/collector/history';
import { checkIntegrity } from '../../../src/core/model/integrity';
import { Collected } from './support/collected';
import { foldedStacks } from './support/folded';
import { databasePath } from './support/folder';
import { withoutSqlite } from './support/sqlite';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The beginning of an hour. */
const START = Date.UTC(2026, 10, 20, 12);

describe('what was collected', { skip: withoutSqlite }, () => {
  const path = databasePath();
  let collected: Collected;
  let history: History;

  before(() => {
    collected = new Collected(path);
    history = new History(path);
    // Three hours and a half, with one sample of `every` a minute and one of its own.
    for (let minute = 0; minute < 210; minute += 1)
      collected.add(START + minute * MINUTE, {
        'main;every': 1,
        [`main;in${Math.floor(minute / 60)}`]: 1,
      });
  });

  after(() => {
    history.dispose();
    collected.database.close();
  });

  function between(fromMs: number, untilMs: number, rest: Partial<CollectedQuery> = {}) {
    return new Map(foldedStacks(history.profile({ period: { fromMs, untilMs }, ...rest })));
  }

  it('is one sound profile of all stacks of a time', () => {
    const profile = history.profile({
      period: { fromMs: START + 50 * MINUTE, untilMs: START + 70 * MINUTE },
    });
    assert.deepEqual(checkIntegrity(profile), []);
    assert.equal(profile.unit, 'samples');
    assert.equal(profile.total, 40);
    assert.deepEqual(foldedStacks(profile), [
      ['main;every', 20],
      ['main;in0', 10],
      ['main;in1', 10],
    ]);
    const main = profile.functions.find(({ name }) => name === 'main');
    assert.deepEqual(main, { name: 'main', file: '/srv/main.py', line: 10 });
  });

  it('is the same after minutes were rolled up to hours, and when they come late', () => {
    const ranges: [number, number][] = [
      [0, 210],
      [0, 60],
      [17, 193],
      [59, 61],
      [60, 180],
      [61, 119],
      [209, 1000],
    ];
    const read = () =>
      ranges.map(([from, until]) => between(START + from * MINUTE, START + until * MINUTE));
    const before = read();
    assert.equal(before[2]?.get('main;every'), 176);
    collected.keepUp(START + 210 * MINUTE);
    assert.deepEqual(read(), before);
    collected.add(START + 30 * MINUTE, { 'main;late': 3 });
    collected.add(START + 30 * MINUTE, { 'main;later': 1 }, { pid: 8 });
    const late = between(START, START + HOUR);
    assert.deepEqual([late.get('main;late'), late.get('main;later')], [3, 1]);
    assert.equal(between(START + 30 * MINUTE, START + 31 * MINUTE).get('main;late'), 3);
    collected.keepUp(START + 210 * MINUTE);
    assert.deepEqual(between(START, START + HOUR), late);
  });

  it('is whole hours where minutes are dropped, and says so', () => {
    collected.keepUp(START + 210 * MINUTE, { minutesMs: HOUR });
    const period = { fromMs: START + 70 * MINUTE, untilMs: START + 80 * MINUTE };
    const profile = history.profile({ period });
    assert.equal(new Map(foldedStacks(profile)).get('main;every'), 60);
    assert.match(profile.warnings.join(), /^Of so long ago only hours are kept: it is from /);
    assert.equal(between(START + 125 * MINUTE, START + 130 * MINUTE).get('main;every'), 5);
    assert.equal(between(START, START + 210 * MINUTE).get('main;every'), 210);
  });

  it('is counted over time, by the minute where that is kept', () => {
    const query = { period: { fromMs: START + 60 * MINUTE, untilMs: START + 150 * MINUTE } };
    const { bucketMs, counts } = history.counts(query);
    assert.equal(bucketMs, MINUTE);
    assert.deepEqual(counts[0], { startMs: START + HOUR, running: 120, waiting: 0 });
    assert.deepEqual(counts[1], { startMs: START + 2 * HOUR, running: 2, waiting: 0 });
    assert.equal(counts.length, 31);
    const hours = history.counts(query, HOUR);
    assert.deepEqual(
      hours.counts.map(({ running }) => running),
      [120, 60],
    );
  });

  it('tells its processes and its time', () => {
    const [process, restarted] = history.processes();
    assert.deepEqual(process, {
      host: 'web-1',
      port: 16384,
      name: 'shop',
      pid: 7,
      period: { fromMs: START, untilMs: START + 210 * MINUTE },
      samples: 423,
    });
    assert.equal(restarted?.pid, 8);
    assert.deepEqual(history.period(), { fromMs: START, untilMs: START + 210 * MINUTE });
  });
});

describe('a query of what was collected', { skip: withoutSqlite }, () => {
  it('restricts by host, port and process', () => {
    const path = databasePath();
    const collected = new Collected(path);
    collected.add(START, { one: 1 }, { host: 'a', port: 1, name: 'web' });
    collected.add(START, { two: 1 }, { host: 'a', port: 2, name: 'web' });
    collected.add(START, { three: 1 }, { host: 'b', port: 2, name: 'worker' });
    const history = new History(path);
    const names = (restriction: Partial<CollectedQuery>) =>
      foldedStacks(
        history.profile({ period: { fromMs: START, untilMs: START + 1 }, ...restriction }),
      )
        .map(([stack]) => stack)
        .sort();
    assert.deepEqual(names({ host: 'a' }), ['one', 'two']);
    assert.deepEqual(names({ port: 2 }), ['three', 'two']);
    assert.deepEqual(names({ process: 'worker' }), ['three']);
    assert.deepEqual(names({ host: 'a', process: 'worker' }), []);
    const { counts } = history.counts({ period: { fromMs: START, untilMs: START + 1 }, host: 'b' });
    assert.deepEqual(counts, [{ startMs: START, running: 1, waiting: 0 }]);
    history.dispose();
    collected.database.close();
  });

  it('leaves waiting threads out unless they are wanted, and says so', () => {
    const path = databasePath();
    const collected = new Collected(path);
    collected.add(START, { 'main;work': [5, 0], 'main;wait': [1, 20] });
    const history = new History(path);
    const period = { fromMs: START, untilMs: START + MINUTE };
    const running = history.profile({ period });
    assert.deepEqual(foldedStacks(running), [
      ['main;work', 5],
      ['main;wait', 1],
    ]);
    assert.deepEqual(running.warnings, [
      '20 samples of threads that waited for work are left out.',
    ]);
    const all = history.profile({ period, waiting: true });
    assert.deepEqual(foldedStacks(all), [
      ['main;wait', 21],
      ['main;work', 5],
    ]);
    assert.deepEqual(all.warnings, []);
    history.dispose();
    collected.database.close();
  });

  it('counts seconds where all samples stand for a time, samples otherwise', () => {
    const path = databasePath();
    const collected = new Collected(path);
    collected.add(START, { main: 100 }, { port: 1, granularity: 0.01 });
    collected.add(START, { main: 100 }, { port: 2, granularity: 0.005 });
    collected.add(START, { main: 100 }, { port: 3 });
    const history = new History(path);
    const period = { fromMs: START, untilMs: START + MINUTE };
    const [one, all] = [history.profile({ period, port: 2 }), history.profile({ period })];
    assert.deepEqual([one.unit, one.total], ['seconds', 0.5]);
    assert.deepEqual([all.unit, all.total], ['samples', 300]);
    history.dispose();
    collected.database.close();
  });

  it('finds nothing where there is no database yet', () => {
    const history = new History(databasePath());
    assert.equal(history.period(), undefined);
    assert.deepEqual(history.processes(), []);
    assert.equal(history.profile({ period: { fromMs: 0, untilMs: 1 } }).total, 0);
    history.dispose();
  });
});

describe('the size of what was collected', { skip: withoutSqlite }, () => {
  it('stays below its limit: the oldest goes first, and its stacks with it', () => {
    const path = databasePath();
    const collected = new Collected(path);
    for (let hour = 0; hour < 100; hour += 1) {
      const samples: Record<string, number> = {};
      for (let stack = 0; stack < 300; stack += 1) samples[`main;f${hour}_${stack}`] = 1;
      collected.add(START + hour * HOUR, samples);
    }
    collected.add(START, { main: 1 }, { pid: 8 });
    const maximumBytes = 2_000_000;
    assert.ok(collected.database.usedBytes() > maximumBytes);
    const now = START + 100 * HOUR;
    collected.keepUp(now, { maximumBytes });
    assert.ok(collected.database.usedBytes() <= maximumBytes);
    assert.equal(collected.database.number('SELECT count(*) FROM processes'), 1);
    collected.database.close();
    assert.ok(statSync(path).size <= maximumBytes * 1.1);
    const history = new History(path);
    const left = foldedStacks(history.profile({ period: { fromMs: 0, untilMs: now } }));
    history.dispose();
    const hours = new Set(left.map(([stack]) => Number(/f(\d+)_/.exec(stack)?.[1])));
    assert.ok(hours.has(99) && !hours.has(0) && hours.size > 1);
    assert.equal(Math.min(...hours), 100 - hours.size);
    assert.equal(left.length, hours.size * 300);
  });
});
