import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, it } from 'node:test';
import type { CollectorOptions, EndpointStatus } from '../../../src/collector/api';
import { Collector } from '../../../src/collector/collector';
import { parseEndpoints } from '../../../src/collector/endpoints';
import { History } from '../../../src/collector/history';
import { foldedStacks } from './support/folded';
import { databasePath } from './support/folder';
import { withoutSqlite } from './support/sqlite';
import { StackSampler, TestServer } from './support/servers';

const EVER = { fromMs: 0, untilMs: 4e12 };

describe('a collector', { skip: withoutSqlite }, () => {
  const ending: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const end of ending.splice(0)) await end();
  });

  async function serve(answer: StackSampler['answer']): Promise<TestServer> {
    const server = await TestServer.start(answer);
    ending.push(() => server.close());
    return server;
  }

  /** Asks nobody by itself within a test. */
  function collect(
    database: string,
    endpoints: readonly string[],
    options: Partial<CollectorOptions> & { token?: string } = {},
  ): Collector {
    const { token, ...rest } = options;
    const collector = new Collector({ database, intervalMs: 3_600_000, ...rest });
    ending.push(() => collector.dispose());
    collector.setEndpoints(
      endpoints.flatMap(parseEndpoints).map((endpoint) => ({ endpoint, token })),
    );
    return collector;
  }

  async function pullAll(collector: Collector): Promise<readonly EndpointStatus[]> {
    const urls = collector.statuses().map(({ endpoint }) => endpoint.url);
    await Promise.all(urls.map((url) => collector.pullNow(url)));
    return collector.statuses();
  }

  function samplesIn(database: string): number {
    return stacksIn(database).reduce((sum, [, count]) => sum + count, 0);
  }

  /** Folded stacks with their counts. */
  function stacksIn(database: string): [string, number][] {
    const history = new History(database);
    const profile = history.profile({ period: EVER });
    history.dispose();
    return foldedStacks(profile);
  }

  it('adds up what a stacksampler answers, stack by stack', async () => {
    const sampler = new StackSampler();
    const { url } = await serve(sampler.answer);
    const database = databasePath();
    const collector = collect(database, [url]);
    sampler.sample('<module>(__main__);main(shop)', 3);
    sampler.sample('<module>(__main__);main(shop);spin(shop)', 20);
    await pullAll(collector);
    sampler.sample('<module>(__main__);main(shop);spin(shop)', 5);
    const [status] = await pullAll(collector);
    assert.deepEqual(stacksIn(database), [
      ['<module>(__main__);main(shop);spin(shop)', 25],
      ['<module>(__main__);main(shop)', 3],
    ]);
    assert.equal(status?.state, 'collecting');
    assert.equal(status.lastSamples, 5);
    assert.equal(status.totalSamples, 28);
    assert.equal(status.protocol, 'stacksampler');
  });

  it('reads seconds from the granularity', async () => {
    const sampler = new StackSampler();
    sampler.granularity = 0.02;
    sampler.sample('main(shop)', 50);
    const { url } = await serve(sampler.answer);
    const database = databasePath();
    await pullAll(collect(database, [url]));
    const history = new History(database);
    const { unit, total } = history.profile({ period: EVER });
    history.dispose();
    assert.deepEqual({ unit, total }, { unit: 'seconds', total: 1 });
  });

  it('counts nothing twice that an endpoint does not forget', async () => {
    const sampler = new StackSampler();
    sampler.forgets = false;
    sampler.age = 100;
    const { url } = await serve(sampler.answer);
    const database = databasePath();
    const collector = collect(database, [url]);
    sampler.sample('main(shop)', 10);
    await pullAll(collector);
    sampler.sample('main(shop)', 2);
    sampler.sample('spin(shop)', 1);
    await pullAll(collector);
    await pullAll(collector);
    assert.equal(samplesIn(database), 13);
    await collector.dispose();
    await pullAll(collect(database, [url]));
    assert.equal(samplesIn(database), 13);
  });

  it('takes all of a process that was started anew', async () => {
    const sampler = new StackSampler();
    sampler.forgets = false;
    sampler.age = 100;
    const { url } = await serve(sampler.answer);
    const database = databasePath();
    const collector = collect(database, [url]);
    sampler.sample('main(shop)', 10);
    await pullAll(collector);
    sampler.counts.clear();
    sampler.age = -0.001;
    sampler.sample('main(shop)', 12);
    await pullAll(collector);
    assert.equal(samplesIn(database), 22);
  });

  it('says in a sentence why an endpoint cannot be collected from', async () => {
    const gone = await TestServer.start(() => undefined);
    const { url: goneUrl, port } = gone;
    await gone.close();
    const page = await serve((_, response) => response.end('<html>Welcome</html>'));
    const missing = await serve((_, response) => response.writeHead(404).end());
    const closed = await serve((_, response) => response.writeHead(401).end());
    const silent = await serve((_, response) =>
      response.setHeader('Content-Type', 'text/plain').end(),
    );
    const broken = await serve((request) => request.socket.destroy());
    const elsewhere = await serve((_, response) =>
      response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
    );
    const wrong = await serve((_, response) => {
      response.end('elapsed 1.5\ngranularity 0.01\nmain(shop) many\n');
    });
    const servers = [page, missing, closed, silent, broken, elsewhere, wrong];
    const urls = [goneUrl, ...servers.map(({ url }) => url)];
    const statuses = await pullAll(collect(databasePath(), urls));
    assert.deepEqual(
      statuses.map(({ state, error }) => [state, error]),
      [
        `Nothing listens on port ${port} of 127.0.0.1.`,
        'It answers, but not with stacks as samplers do.',
        'It answers with 404 Not Found.',
        'It asks for a token.',
        'It answers with nothing: its sampler is not started.',
        'It ends the connection before it has answered.',
        'It sends elsewhere: add the address that it sends to.',
        'It answers with a line that is no stack: line 3.',
      ].map((sentence) => ['unreachable', sentence]),
    );
  });

  it('comes back by itself to an endpoint that was away', async () => {
    const sampler = new StackSampler();
    let isAway = true;
    const { url } = await serve((request, response) => {
      if (isAway) response.writeHead(503).end();
      else sampler.answer(request, response);
    });
    const collector = collect(databasePath(), [url], { intervalMs: 1000 });
    const away = await reached(collector, ({ state }) => state === 'unreachable');
    assert.ok(away.sinceMs <= Date.now());
    isAway = false;
    const back = await reached(collector, ({ state }) => state === 'collecting');
    assert.equal(back.error, undefined);
  });

  it('sends the token, and keeps it out of its log and its database', async () => {
    const sampler = new StackSampler();
    sampler.sample('main(shop)');
    const { url } = await serve(sampler.answer);
    const database = databasePath();
    const lines: string[] = [];
    const token = 'much-ado-about-nothing';
    const collector = collect(database, [url], { token, log: (line) => lines.push(line) });
    await pullAll(collector);
    await collector.dispose();
    assert.equal(sampler.lastHeaders.authorization, `Bearer ${token}`);
    assert.equal(lines.length, 1);
    assert.ok(!lines.join().includes(token));
    assert.ok(!readFileSync(database).includes(token));
  });

  it('leaves an endpoint to the window that has it already, and takes over when that ends', async () => {
    const sampler = new StackSampler();
    const { url } = await serve(sampler.answer);
    const database = databasePath();
    const first = collect(database, [url]);
    await pullAll(first);
    const second = collect(database, [url]);
    const [elsewhere] = await pullAll(second);
    assert.equal(elsewhere?.state, 'elsewhere');
    assert.equal(sampler.requests, 1);
    await first.dispose();
    const [taken] = await pullAll(second);
    assert.equal(taken?.state, 'collecting');
  });

  it('leaves an endpoint alone while it is paused', async () => {
    const sampler = new StackSampler();
    const { url } = await serve(sampler.answer);
    const collector = collect(databasePath(), [url], { intervalMs: 1000 });
    await reached(collector, ({ state }) => state === 'collecting');
    collector.pause(url);
    const { requests } = sampler;
    assert.equal(collector.statuses()[0]?.state, 'paused');
    assert.equal(collector.statuses()[0]?.nextMs, undefined);
    collector.resume(url);
    await reached(collector, ({ state }) => state === 'collecting');
    assert.equal(sampler.requests, requests + 1);
  });

  it('asks sooner when the interval becomes a shorter one', async () => {
    const sampler = new StackSampler();
    const { url } = await serve(sampler.answer);
    const collector = collect(databasePath(), [url]);
    await pullAll(collector);
    await pullAll(collector);
    collector.setInterval(1000);
    await reached(collector, () => sampler.requests === 3);
  });

  it('takes no answer without end', async () => {
    const { url } = await serve((_, response) => {
      const megabyte = 'x'.repeat(1024 ** 2);
      const more = (): void => {
        if (!response.destroyed) response.write(megabyte, more);
      };
      more();
    });
    const [status] = await pullAll(collect(databasePath(), [url]));
    assert.equal(status?.error, 'Its answer is larger than 64 MB.');
  });

  it('calls a pull off when it ends', async () => {
    const { url } = await serve(() => undefined);
    const collector = collect(databasePath(), [url]);
    const pulling = collector.pullNow(url);
    await collector.dispose();
    await pulling;
  });
});

/** Resolves once the only endpoint of a collector is as it is waited for. */
function reached(
  collector: Collector,
  isReached: (status: EndpointStatus) => boolean,
): Promise<EndpointStatus> {
  return new Promise((resolve) => {
    const listening = collector.onDidChange(() => {
      const [status] = collector.statuses();
      if (!status || !isReached(status)) return;
      listening.dispose();
      resolve(status);
    });
  });
}
