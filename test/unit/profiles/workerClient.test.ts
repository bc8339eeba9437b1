import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ProfileError } from '../../../src/core/model/errors';
import { WorkerClient } from '../../../src/profiles/workerClient';
import { temporaryDirectory } from './support';

/** A worker that can be told to misbehave. */
const SCRIPT = `
  const { parentPort } = require('node:worker_threads');
  const methods = {
    echo: (value) => value,
    refuse: () => { throw Object.assign(new Error('It is cut off.'), { reason: 'incomplete' }); },
    loop: () => { for (;;); },
    exit: () => process.exit(3),
    exhaust: () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); },
  };
  parentPort.on('message', ({ method, args }) => {
    try {
      parentPort.postMessage({ ok: true, value: methods[method](...args) });
    } catch ({ message, reason, stack }) {
      parentPort.postMessage({ ok: false, message, reason, stack });
    }
  });
`;

interface Api {
  echo(value: string): string;
  refuse(): void;
  loop(): void;
  exit(): void;
  exhaust(): void;
}

async function clientFor(test: TestContext, heapMebibytes?: number): Promise<WorkerClient<Api>> {
  const script = join(await temporaryDirectory(test), 'worker.cjs');
  await writeFile(script, SCRIPT);
  const client = new WorkerClient<Api>(script, { keptProfiles: 0 }, heapMebibytes);
  test.after(() => {
    client.dispose();
  });
  return client;
}

describe('WorkerClient', () => {
  it('answers calls in their order', async (test) => {
    const client = await clientFor(test);
    const answers = ['one', 'two', 'three'].map((value) => client.call('echo', [value]));
    assert.deepEqual(await Promise.all(answers), ['one', 'two', 'three']);
  });

  it('rejects with the error of the method, its reason kept', async (test) => {
    const client = await clientFor(test);
    await assert.rejects(
      client.call('refuse', []),
      (error) =>
        error instanceof ProfileError &&
        error.reason === 'incomplete' &&
        error.message === 'It is cut off.',
    );
  });

  it('stops a call that runs, and goes on with the next', async (test) => {
    const client = await clientFor(test);
    await client.call('echo', ['warm']);
    const cancelled = new AbortController();
    const endless = client.call('loop', [], cancelled.signal);
    const next = client.call('echo', ['next']);
    cancelled.abort();
    await assert.rejects(endless, { name: 'AbortError' });
    assert.equal(await next, 'next');
  });

  it('drops a call that waits, and does not start one that is called off already', async (test) => {
    const client = await clientFor(test);
    const running = new AbortController();
    const endless = client.call('loop', [], running.signal);
    const waiting = new AbortController();
    const dropped = client.call('exit', [], waiting.signal);
    waiting.abort();
    await assert.rejects(dropped, { name: 'AbortError' });
    await assert.rejects(client.call('exit', [], AbortSignal.abort()), { name: 'AbortError' });
    running.abort();
    await assert.rejects(endless, { name: 'AbortError' });
    assert.equal(await client.call('echo', ['alive']), 'alive');
  });

  it('survives the death of its worker', async (test) => {
    const client = await clientFor(test);
    const dying = client.call('exit', []);
    const next = client.call('echo', ['next']);
    await assert.rejects(dying, { name: 'ProfileError', reason: 'broken' });
    assert.equal(await next, 'next');
  });

  it('refuses a file that takes too much memory', async (test) => {
    const client = await clientFor(test, 32);
    const greedy = client.call('exhaust', []);
    const next = client.call('echo', ['next']);
    await assert.rejects(greedy, { name: 'ProfileError', reason: 'tooLarge' });
    assert.equal(await next, 'next');
  });

  it('rejects what is unanswered when it is disposed of', async (test) => {
    const client = await clientFor(test);
    const calls = [client.call('loop', []), client.call('echo', ['waiting'])];
    client.dispose();
    for (const call of calls) await assert.rejects(call, /disposed/);
    await assert.rejects(client.call('echo', ['late']), /disposed/);
  });
});
