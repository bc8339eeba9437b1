import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { parseEndpoints } from '../../../src/collector/endpoints';
import { pull } from '../../../src/collector/pull/pull';
import { PullError, type Answer } from '../../../src/collector/pull/answer';
import { samplesOf } from '../../../src/collector/stacks';
import { TestServer } from './support/servers';

const fixtures = join(__dirname, '../../fixtures/profiles');

/** As `python/schema/hotline-stacks.schema.json` has it. */
const STACKS = {
  version: 1,
  process: {
    name: 'gunicorn',
    pid: 4711,
    hostname: 'web-1',
    python: '3.13.0',
    implementation: 'CPython',
    started: 1795176000.25,
  },
  started: 1795176060.5,
  elapsed: 60.25,
  granularity: 0.01,
  looks: 6000,
  lost: 0,
  frames: [
    { name: 'main', file: '/srv/app.py', line: 3 },
    { name: 'Queue.get', file: '/usr/lib/python3.13/queue.py', line: 154 },
    { name: '[more stacks]' },
  ],
  stacks: [
    { calls: [[0, 7]], count: 40, thread: 'MainThread' },
    { calls: [[0, 9]], count: 2, thread: 'MainThread' },
    {
      calls: [
        [0, 7],
        [1, 171],
      ],
      count: 6000,
      thread: 'Thread-*',
      idle: true,
    },
    { calls: [[2, 0]], count: 1, thread: 'MainThread' },
  ],
};

describe('an endpoint', () => {
  const servers: TestServer[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function pullFrom(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    path = '',
  ): Promise<Answer> {
    const server = await TestServer.start(answer);
    servers.push(server);
    const [endpoint] = parseEndpoints(server.url + path);
    assert.ok(endpoint);
    const { signal } = new AbortController();
    return pull({ endpoint, protocol: undefined, intervalMs: 60_000, signal });
  }

  it('of a stacksampler answers as its real ones did', async () => {
    const text = readFileSync(join(fixtures, 'stackcollector/stacksampler-reset.txt'), 'utf8');
    const asked: string[] = [];
    const answer = await pullFrom((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('Content-Type', 'text/plain; charset=utf-8').end(text);
    });
    assert.deepEqual(asked, ['/?reset=true']);
    const [elapsed = '', granularity = '', ...lines] = text.trimEnd().split('\n');
    assert.equal(answer.protocol, 'stacksampler');
    assert.equal(answer.elapsed, Number(elapsed.split(' ')[1]));
    assert.equal(answer.stacks.granularity, Number(granularity.split(' ')[1]));
    assert.equal(answer.stacks.stacks.length, lines.length);
    assert.equal(
      samplesOf(answer.stacks),
      lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0),
    );
  });

  it('of our own sampler tells files, lines, waiting threads and its process', async () => {
    const { protocol, process, elapsed, stacks } = await pullFrom((request, response) => {
      const type = 'application/vnd.hotline.stacks+json';
      assert.ok(request.headers.accept?.startsWith(type));
      response.setHeader('Content-Type', type).end(JSON.stringify(STACKS));
    });
    assert.equal(protocol, 'hotline');
    assert.equal(elapsed, 60.25);
    assert.deepEqual(process, { name: 'gunicorn', pid: 4711, started: 1795176000.25 });
    assert.equal(stacks.granularity, 0.01);
    const main = { name: 'main', file: '/srv/app.py', definitionLine: 3 };
    assert.deepEqual(stacks.frames, [
      { ...main, executingLine: 7 },
      { ...main, executingLine: 9 },
      {
        name: 'Queue.get',
        file: '/usr/lib/python3.13/queue.py',
        definitionLine: 154,
        executingLine: 171,
      },
      {
        name: '[more stacks]',
        file: undefined,
        definitionLine: undefined,
        executingLine: undefined,
      },
    ]);
    assert.deepEqual(stacks.stacks, [
      { frames: [0], running: 40, waiting: 0 },
      { frames: [1], running: 2, waiting: 0 },
      { frames: [0, 2], running: 0, waiting: 6000 },
      { frames: [3], running: 1, waiting: 0 },
    ]);
  });

  for (const [what, document, sentence] of [
    ['of another version', { ...STACKS, version: 2 }, /answers in version 2/],
    ['with a stack of nothing', { ...STACKS, stacks: [{ calls: [], count: 1 }] }, /no frames/],
    ['with a frame that is not there', { ...STACKS, frames: [] }, /damaged: an object is missing/],
    ['with half a sample', { ...STACKS, stacks: [{ calls: [[0, 1]], count: 0.5 }] }, /no count/],
    ['that is no object', [], /damaged/],
  ] as const) {
    it(`of our own sampler is refused in a sentence ${what}`, async () => {
      const pulling = pullFrom((_, response) => {
        response.setHeader('Content-Type', 'application/vnd.hotline.stacks+json');
        response.end(JSON.stringify(document));
      });
      await assert.rejects(
        pulling,
        (error) => error instanceof PullError && sentence.test(error.message),
      );
    });
  }

  const cpuProfile = readFileSync(join(fixtures, 'pprof/go-cpu.pprof'));

  it('of Go is found behind an address that answers with a page', async () => {
    const asked: string[] = [];
    const { protocol, elapsed, stacks } = await pullFrom((request, response) => {
      asked.push(request.url ?? '');
      if (request.url?.startsWith('/debug/')) response.end(cpuProfile);
      else response.writeHead(302, { Location: '/graph' }).end();
    });
    assert.deepEqual(asked, ['/?reset=true', '/debug/pprof/profile?seconds=10']);
    assert.equal(protocol, 'pprof');
    assert.ok(elapsed > 0);
    assert.equal(stacks.granularity, 0.01);
    const top = readFileSync(join(fixtures, 'pprof/go-cpu.pprof.top.txt'), 'utf8');
    const [, nanoseconds] = /Total samples = (\d+)ns/.exec(top) ?? [];
    assert.equal(samplesOf(stacks), Number(nanoseconds) / 10e6);
  });

  it('of Go records as long as its address says, and never longer than the interval', async () => {
    const asked: string[] = [];
    const path = 'debug/pprof/profile?seconds=';
    for (const seconds of [5, 300])
      await pullFrom((request, response) => {
        asked.push(request.url ?? '');
        response.end(cpuProfile);
      }, `${path}${seconds}`);
    assert.deepEqual(asked, [`/${path}5`, `/${path}59`]);
  });

  it('of Go that serves its memory is refused: that does not add up over time', async () => {
    const heap = readFileSync(join(fixtures, 'pprof/go-heap.pprof'));
    const pulling = pullFrom((_, response) => response.end(heap), 'debug/pprof/heap');
    await assert.rejects(pulling, /Its profile counts bytes: only profiles of time are collected/);
  });
});
