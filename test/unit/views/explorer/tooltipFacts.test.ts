import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tooltipFacts } from '../../../../src/views/explorer/tooltipFacts';
import { entry } from './support';

const NAME = { from: 'name', template: '{path}.{duration:06d}ms.{time}' } as const;

describe('tooltipFacts', () => {
  it('tells every fact with its source, and how the name was read once', () => {
    const known = {
      ...entry({ method: 'GET', path: '/shop', durationMs: 1_250 }),
      request: {
        facts: { method: 'GET', path: '/shop', durationMs: 1_250 },
        sources: { method: { from: 'content' }, path: { from: 'urlList' }, durationMs: NAME },
      },
      size: 2_048,
    } as const;
    const facts = tooltipFacts({ ...known, path: '/profiles/shop.prof' });
    assert.deepEqual(facts, [
      { name: 'Method', value: 'GET', source: 'content' },
      { name: 'Path', value: '/shop', source: 'file name and URL list' },
      { name: 'Duration', value: '1.25 s', source: 'file name' },
      { name: 'File', value: '/profiles/shop.prof' },
      { name: 'Size', value: '2.0 KiB' },
      { name: 'Name read by', value: '{path}.{duration:06d}ms.{time}' },
    ]);
  });

  it('tells what a profiler of web requests knows', () => {
    const facts = tooltipFacts(
      entry({
        durationMs: 60.6,
        cpuMs: 51,
        waitingMs: 8.25,
        queryCount: 1217,
        queryMs: 4.22,
        route: 'orders/',
        view: 'shop.views.orders',
        bytesSent: 5480,
        software: 'Django 5.2 on gunicorn, Python 3.13.0',
        mode: 'lines',
      }),
    );
    const texts = facts.map(({ name, value }) => `${name}: ${value}`);
    for (const text of [
      'CPU: 51 ms',
      'Waiting: 8.25 ms',
      'SQL queries: 1,217',
      'SQL time: 4.22 ms',
      'Route: orders/',
      'View: shop.views.orders',
      'Sent: 5.4 KiB',
      'Served by: Django 5.2 on gunicorn, Python 3.13.0',
      'Mode: lines',
    ]) {
      assert.ok(texts.includes(text), text);
    }
  });

  it('tells what the content says, its warnings included, or why it does not read', () => {
    const summary = {
      format: 'x',
      formatLabel: 'X profile',
      unit: 'samples',
      total: 12_000,
      dataKind: 'callGraph',
      functionCount: 3,
      request: {},
      warnings: ['One thread was left out.'],
    } as const;
    const texts = (state: Parameters<typeof entry>[1]): string[] =>
      tooltipFacts(entry({}, state)).map(({ name, value }) => `${name}: ${value}`);
    const read = texts({ state: { kind: 'readable', summary } });
    for (const line of [
      'Format: X profile',
      'Profiled: 12,000 samples',
      'Note: One thread was left out.',
    ]) {
      assert.ok(read.includes(line), line);
    }
    const broken = texts({ state: { kind: 'unreadable', reason: 'It is empty.' } });
    assert.ok(broken.includes('Cannot be read: It is empty.'));
  });
});
