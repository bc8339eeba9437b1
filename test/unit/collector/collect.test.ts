import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { History } from '../../../src/collector/history';
import { Database } from '../../../src/collector/storage/database';
import { foldedStacks } from './support/folded';
import { databasePath } from './support/folder';
import { StackSampler, TestServer } from './support/servers';
import { withoutSqlite } from './support/sqlite';

const root = join(__dirname, '..', '..', '..');

/** How often the collector is killed at a random moment. */
const KILLS = 50;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

describe('the collector without VS Code', { skip: withoutSqlite }, () => {
  const path = databasePath();
  const program = join(dirname(path), 'collect.js');
  const samplers = [1, 2, 3].map(() => new StackSampler());
  let servers: TestServer[];

  before(async () => {
    servers = await Promise.all(samplers.map(({ answer }) => TestServer.start(answer)));
    await build({
      absWorkingDir: root,
      entryPoints: ['src/collect.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      logLevel: 'warning',
    });
  });

  after(async () => {
    for (const server of servers) await server.close();
  });

  function start(...args: string[]): { process: ChildProcess; ended: Promise<Ended> } {
    const process = spawn(globalThis.process.execPath, [program, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    process.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = once(process, 'close').then(
      ([code, signal]: (number | NodeJS.Signals | null)[]) => ({ code, signal, stderr }) as Ended,
    );
    return { process, ended };
  }

  function run(...args: string[]): Promise<Ended> {
    return start(...args).ended;
  }

  function urls(): string[] {
    return servers.map(({ url }) => url);
  }

  /** Samples by stack, of all that was collected. */
  function stored(database: string): Map<string, number> {
    const history = new History(database);
    const stacks = new Map(foldedStacks(history.profile({ period: { fromMs: 0, untilMs: 4e12 } })));
    history.dispose();
    return stacks;
  }

  it('pulls once, tells each pull in a line, and ends', async () => {
    const database = databasePath();
    for (const sampler of samplers) sampler.sample('main(shop)', 4);
    const { code, stderr } = await run(...urls(), '--database', database, '--once');
    assert.equal(code, 0);
    const lines = stderr.trimEnd().split('\n').sort();
    assert.equal(lines.length, 3);
    for (const line of lines) assert.match(line, /^\S+Z http:\/\/127\.0\.0\.1:\d+\/: 4 samples$/);
    assert.equal(stored(database).get('main(shop)'), 12);
  });

  it('fails where it collects nothing, and where it is used wrongly, in a sentence each', async () => {
    const database = databasePath();
    const gone = await TestServer.start(() => undefined);
    const { url } = gone;
    await gone.close();
    const unreachable = await run(url, '--database', database, '--once');
    assert.equal(unreachable.code, 1);
    assert.match(unreachable.stderr, /^\S+ \S+: Nothing listens on port \d+ of 127\.0\.0\.1\.\n$/);
    const text = join(dirname(database), 'text.db');
    writeFileSync(text, 'This is no database, and longer than the head of one. '.repeat(30));
    for (const [args, code, sentence] of [
      [['--database', database], 2, /^An endpoint to collect from is needed\.\n\nUsage/],
      [['web-1', '--database', database], 2, /^web-1 names no port\./],
      [[url], 2, /^Say where to keep it: --database FILE\.\n/],
      [[url, '--database', database, '--interval', '0'], 2, /^--interval takes a number from 1 on/],
      [
        [url, '--database', database, '--token-file', 'none'],
        1,
        /^none: There is no such file\.\n$/,
      ],
      [
        [url, '--database', text, '--once'],
        1,
        /text\.db cannot be used: file is not a database\.\n$/,
      ],
    ] as const) {
      const wrong = await run(...args);
      assert.match(wrong.stderr, sentence);
      assert.equal(wrong.code, code);
    }
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`goes on until ${signal}, and ends cleanly`, async () => {
      const database = databasePath();
      const collecting = start(...urls(), '--database', database, '--interval', '1');
      const requests = samplers.map((sampler) => sampler.requests);
      while (samplers.some((sampler, index) => sampler.requests < (requests[index] ?? 0) + 2))
        await sleep(20);
      collecting.process.kill(signal);
      const { code, stderr } = await collecting.ended;
      assert.equal(code, 0);
      assert.doesNotMatch(stderr, /\n\s+at /);
      const opened = Database.open(database);
      assert.equal(opened.number('SELECT count(*) FROM leases'), 0);
      opened.close();
    });
  }

  it(`is killed ${KILLS} times, and loses at most what it had just been given`, async () => {
    const database = databasePath();
    const args = [...urls(), '--database', database, '--once'];
    const began = performance.now();
    await run(...args);
    const usualMs = performance.now() - began;
    const answers: { readonly stacks: readonly string[]; readonly isKilled: boolean }[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      for (const [index, sampler] of samplers.entries())
        sampler.sample(`main(shop);round${round}(sampler${index})`, 10);
      const before = samplers.map(({ counts }) => [...counts.keys()]);
      const { process, ended } = start(...args);
      const killing = setTimeout(() => process.kill('SIGKILL'), Math.random() * usualMs * 1.2);
      const isKilled = (await ended).signal === 'SIGKILL';
      clearTimeout(killing);
      for (const [index, { counts }] of samplers.entries()) {
        const stacks = (before[index] ?? []).filter((stack) => !counts.has(stack));
        answers.push({ stacks, isKilled });
      }
    }
    await run(...args);
    assert.ok(answers.some(({ isKilled }) => isKilled));
    const opened = Database.open(database);
    assert.equal(opened.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
    opened.close();
    const kept = stored(database);
    for (const { stacks, isKilled } of answers) {
      const samples = stacks.map((stack) => kept.get(stack) ?? 0);
      const isLost = isKilled && samples.every((count) => count === 0);
      if (!isLost) for (const count of samples) assert.equal(count, 10);
    }
    for (const samples of kept.values()) assert.equal(samples, 10);
  });
});
