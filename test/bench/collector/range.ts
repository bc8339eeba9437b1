/**
 * How fast a range of collected stacks is read: of Hotline's database, and of one that has a row
 * for each stack in each part of time.
 *
 * `npm run bench -- collector` takes 30 days of 20 processes with 500 stacks each, of which a minute
 * has some 100 and an hour 400, as they are kept (the last day by the minute, the days before by the
 * hour); with `--quick` 3 days. `--minutes` keeps every minute of all days. Prints what it measured.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { USUAL_RETENTION } from '../../../src/collector/collector';
import { History } from '../../../src/collector/history';
import type { CollectedStack } from '../../../src/collector/stacks';
import { addCounts, type Counts } from '../../../src/collector/storage/counts';
import { bytesOf, Database, numberOf } from '../../../src/collector/storage/database';
import { Interner } from '../../../src/collector/storage/interning';
import { Intervals } from '../../../src/collector/storage/intervals';
import { connect, type Connection } from '../../../src/collector/storage/sqlite';
import { HOUR, MINUTE_MS } from '../../../src/collector/storage/time';
import { Upkeep } from '../../../src/collector/storage/upkeep';

const PROCESSES = 20;
const STACKS = 500;
const STACKS_OF_MINUTE = 100;
const DEPTH = 25;
const ROUNDS = 5;
const DAY = 24 * HOUR;
/** The last minute of what is made up. */
const END = Date.UTC(2026, 10, 20, 12) / MINUTE_MS;

function main(): void {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, minutes: { type: 'boolean' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'hotline-bench-'));
  const [ours, naive] = [join(folder, 'ours.db'), join(folder, 'naive.db')];
  try {
    const days = values.quick ? 3 : 30;
    make(ours, days, values.minutes ?? false);
    copyByRow(ours, naive);
    measure(ours, naive, days);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Fills a database with days that end at `END`, day by day as an upkeep leaves them. */
function make(path: string, days: number, keepsMinutes: boolean): void {
  const database = Database.open(path);
  const intervals = new Intervals(database);
  const stacks = database.transaction(() => internStacks(database));
  const minutesMs = keepsMinutes ? days * DAY * MINUTE_MS : USUAL_RETENTION.minutesMs;
  const retention = { minutesMs, maximumBytes: Infinity };
  for (let hour = END - days * DAY; hour < END; hour += HOUR) {
    database.transaction(() => {
      for (const [index, ids] of stacks.entries()) {
        const process = processOf(intervals, index);
        for (let minute = hour; minute < hour + HOUR; minute += 1)
          intervals.addToMinute(process, minute, { running: sampled(ids), waiting: new Map() });
      }
    });
    const steps = new Upkeep(database).run(retention, (hour + HOUR + 10) * MINUTE_MS);
    while (steps.next().done !== true);
  }
  database.close();
}

function processOf(intervals: Intervals, index: number): number {
  const [host, port] = [`web-${index % 4}`, 16384 + index];
  return intervals.process({ host, port, name: 'shop', pid: 1, granularity: 0.01, import: 0 });
}

/** Ids of the stacks of each process. */
function internStacks(database: Database): number[][] {
  const frames = Array.from({ length: 2000 }, (_, index) => ({
    name: `function_${index}`,
    file: `/srv/shop/module_${index % 100}.py`,
    definitionLine: index,
    executingLine: index + 3,
  }));
  const interner = new Interner(database);
  return Array.from({ length: PROCESSES }, () => {
    const stacks: CollectedStack[] = [];
    for (let index = 0; index < STACKS; index += 1)
      stacks.push({ frames: grown(stacks, frames.length), running: 1, waiting: 0 });
    return interner.stackIds({ frames, stacks, granularity: 0.01 });
  });
}

/** Like most stacks, one that another stack begins with. */
function grown(stacks: readonly CollectedStack[], frames: number): number[] {
  const other = stacks[Math.floor(Math.random() * stacks.length)]?.frames ?? [];
  const shared = other.slice(0, Math.floor(DEPTH * (1 - Math.random() ** 2)));
  const own = Array.from({ length: DEPTH - shared.length }, () =>
    Math.floor(Math.random() * frames),
  );
  return [...shared, ...own];
}

/** Samples of a minute: few stacks have most of them. */
function sampled(ids: readonly number[]): Counts {
  const counts: Counts = new Map();
  while (counts.size < STACKS_OF_MINUTE) {
    const stack = ids[Math.floor(ids.length * Math.random() ** 3)] ?? 0;
    counts.set(stack, (counts.get(stack) ?? 0) + Math.ceil(Math.random() * 20));
  }
  return counts;
}

/** The same parts of time, with a row for each of their stacks. */
function copyByRow(ours: string, naive: string): void {
  const source = connect(ours, { readOnly: true });
  const target = connect(naive, { readOnly: false });
  target.exec(`
    PRAGMA journal_mode = OFF;
    CREATE TABLE samples (
      start INTEGER, process INTEGER, stack INTEGER, count INTEGER,
      PRIMARY KEY (start, process, stack)
    ) WITHOUT ROWID;
    BEGIN`);
  const insert = target.prepare('INSERT INTO samples VALUES (?, ?, ?, ?)');
  const rows = source.prepare(`
    SELECT start, process, running_counts FROM hours
    UNION ALL SELECT start, process, running_counts FROM minutes WHERE is_in_hour = 0
    ORDER BY start, process`);
  for (const row of rows.iterate()) {
    const counts: Counts = new Map();
    addCounts(counts, bytesOf(row, 'running_counts'));
    for (const [stack, count] of counts)
      insert.run(numberOf(row, 'start'), numberOf(row, 'process'), stack, count);
  }
  target.exec('COMMIT');
  source.close();
  target.close();
}

function measure(ours: string, naive: string, days: number): void {
  const connection = connect(naive, { readOnly: true });
  const period = { fromMs: (END - days * DAY) * MINUTE_MS, untilMs: END * MINUTE_MS };
  const profile = () => {
    const history = new History(ours);
    const { total } = history.profile({ period });
    history.dispose();
    return Math.round(total * 100);
  };
  const scan = () => sumRows(connection, period.fromMs, period.untilMs);
  if (profile() !== scan()) throw new Error('The two databases do not hold the same.');
  const timeline = () => {
    const history = new History(ours);
    history.counts({ period });
    history.dispose();
  };
  const pairs = Array.from(
    { length: ROUNDS },
    () => [secondsOf(profile), secondsOf(scan)] as const,
  );
  connection.close();
  const own = median(pairs.map(([first]) => first));
  const ratio = median(pairs.map(([first, second]) => second / first));
  console.log(`${days} days of ${PROCESSES} processes with ${STACKS} stacks each`);
  console.log(`one profile of all: ${own.toFixed(3)} s`);
  console.log(`summing up a row for each stack: ${ratio.toFixed(1)} times as long`);
  console.log(`samples over time: ${secondsOf(timeline).toFixed(3)} s`);
  console.log(`on disk: ${megabytes(ours)} MB, a row for each stack ${megabytes(naive)} MB`);
}

function sumRows(connection: Connection, fromMs: number, untilMs: number): number {
  const sums = connection.prepare(
    'SELECT stack, sum(count) AS count FROM samples WHERE start >= ? AND start < ? GROUP BY stack',
  );
  let total = 0;
  for (const row of sums.iterate(fromMs / MINUTE_MS, untilMs / MINUTE_MS))
    total += numberOf(row, 'count');
  return total;
}

function secondsOf(act: () => unknown): number {
  const began = performance.now();
  act();
  return (performance.now() - began) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function megabytes(path: string): number {
  return Math.round(statSync(path).size / 1e6);
}

main();
