import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Collector } from '../../../src/collector/collector';
import { parseEndpoints } from '../../../src/collector/endpoints';
import { History } from '../../../src/collector/history';
import { checkIntegrity } from '../../../src/core/model/integrity';
import { databasePath } from './support/folder';
import { TestServer } from './support/servers';
import { withoutSqlite } from './support/sqlite';

const missing =
  spawnSync('prometheus', ['--version']).status !== 0 &&
  'prometheus is not installed: apt-get install prometheus';

describe('Prometheus, a program in Go', { skip: withoutSqlite || missing }, () => {
  it('is collected from: functions, files and lines of its processor time', async () => {
    const database = databasePath();
    const [url, stop] = await startPrometheus(dirname(database));
    const collector = new Collector({ database, intervalMs: 3_600_000 });
    const working = keepBusy(url);
    try {
      collector.setEndpoints(
        parseEndpoints(`${url}debug/pprof/profile?seconds=2`).map((endpoint) => ({ endpoint })),
      );
      const [status] = collector.statuses();
      await collector.pullNow(status?.endpoint.url ?? '');
      assert.equal(collector.statuses()[0]?.error, undefined);
      const history = new History(database);
      const profile = history.profile({ period: { fromMs: 0, untilMs: 4e12 } });
      history.dispose();
      assert.deepEqual(checkIntegrity(profile), []);
      assert.equal(profile.unit, 'seconds');
      assert.ok(profile.total > 0);
      const served = profile.functions.find(({ name }) => name === 'net/http.(*conn).serve');
      assert.match(served?.file ?? '', /net\/http\/server\.go$/);
      const lines = profile.data.kind === 'stacks' ? profile.data.frames : [];
      assert.ok(lines.some(({ line }) => line !== undefined));
    } finally {
      await working.stop();
      await collector.dispose();
      await stop();
    }
  });
});

/** Starts one without anything to watch; returns its address and how to end it. */
async function startPrometheus(folder: string): Promise<[url: string, stop: () => Promise<void>]> {
  const free = await TestServer.start(() => undefined);
  const { url, port } = free;
  await free.close();
  const configuration = join(folder, 'prometheus.yml');
  writeFileSync(configuration, 'scrape_configs: []\n');
  const program = spawn(
    'prometheus',
    [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(program, 'exit');
  const stop = async (): Promise<void> => {
    program.kill();
    await ended;
  };
  while (!(await isReady(`${url}-/ready`))) {
    if (program.exitCode !== null) throw new Error('Prometheus does not start.');
    await sleep(50);
  }
  return [url, stop];
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Has it answer something for as long as it is not stopped. */
function keepBusy(url: string): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const working = (async () => {
    while (!stopping.signal.aborted) await (await fetch(`${url}metrics`)).text();
  })();
  return {
    stop: () => {
      stopping.abort();
      return working;
    },
  };
}
