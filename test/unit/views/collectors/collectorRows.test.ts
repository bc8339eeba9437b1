import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EndpointStatus } from '../../../../src/collector/api';
import {
  endpointFacts,
  endpointName,
  endpointRow,
  groupRow,
  memberRow,
} from '../../../../src/views/collectors/collectorRows';

const MINUTE = 60_000;

/** Local, as people read the clock. */
const NOW = new Date(2026, 10, 20, 14, 30).getTime();

function statusOf(changes: Partial<EndpointStatus>): EndpointStatus {
  const endpoint = { url: 'http://web-1:16384/', host: 'web-1', port: 16384 };
  const sinceMs = NOW - 5 * MINUTE;
  return { endpoint, state: 'waiting', sinceMs, isPulling: false, totalSamples: 0, ...changes };
}

describe('the row of an endpoint', () => {
  it('is called by its address, without what goes without saying', () => {
    const name = (url: string): string => endpointName({ url, host: '', port: 0 });
    assert.equal(name('http://web-1:16384/'), 'web-1:16384');
    assert.equal(name('https://[::1]:8000/debug/pprof'), 'https://[::1]:8000/debug/pprof');
  });

  it('tells what was collected last', () => {
    const collected = { collectedMs: NOW - 2 * MINUTE, lastSamples: 1234 };
    const row = endpointRow(statusOf({ state: 'collecting', ...collected }), NOW);
    assert.equal(row.description, 'collecting · 1,234 samples 2 min ago');
    assert.equal(row.spoken, 'web-1:16384, collecting · 1,234 samples 2 min ago');
    assert.equal(row.isWarning, false);
  });

  it('tells since when it is unreachable, with the date of another day, and warns', () => {
    const today = endpointRow(statusOf({ state: 'unreachable' }), NOW);
    assert.equal(today.description, 'unreachable since 14:25');
    assert.equal(today.icon, 'warning');
    assert.equal(today.isWarning, true);
    const sinceMs = NOW - 24 * 60 * MINUTE;
    const { description } = endpointRow(statusOf({ state: 'unreachable', sinceMs }), NOW);
    assert.equal(description, 'unreachable since 2026-11-19 14:30');
  });

  it('has another icon and other words in every state', () => {
    const states = ['waiting', 'collecting', 'unreachable', 'paused', 'elsewhere'] as const;
    const rows = states.map((state) => endpointRow(statusOf({ state }), NOW));
    assert.equal(new Set(rows.map(({ icon }) => icon)).size, states.length);
    assert.equal(new Set(rows.map(({ description }) => description)).size, states.length);
  });

  it('has in its tooltip what is known, and nothing of what is not', () => {
    const names = (status: EndpointStatus): string[] =>
      endpointFacts(status, NOW).map(({ name }) => name);
    assert.deepEqual(names(statusOf({})), ['State', 'Since', 'Samples since this window opened']);
    const facts = endpointFacts(
      statusOf({ state: 'unreachable', error: 'Nothing listens there.', pid: 4711, process: '' }),
      NOW,
    );
    assert.ok(facts.some(({ value }) => value === 'Nothing listens there.'));
    assert.ok(facts.some(({ value }) => value === '4711'));
    assert.ok(!facts.some(({ name }) => name === 'Process'));
  });
});

describe('the row of several endpoints', () => {
  it('has theirs below it, which differ in their ports', () => {
    const { label, spoken } = memberRow(statusOf({}), NOW);
    assert.equal(label, ':16384');
    assert.match(spoken, /^web-1:16384, waiting/);
  });

  it('counts those that answer and warns of those that do not', () => {
    const members = (['collecting', 'unreachable', 'collecting', 'paused'] as const).map((state) =>
      statusOf({ state }),
    );
    const row = groupRow('http://web-1:16384..16387', members);
    assert.equal(row.label, 'web-1:16384..16387');
    assert.equal(row.description, '2 of 4 collecting · 1 unreachable');
    assert.equal(row.icon, 'warning');
  });

  it('looks as most of them where all is well', () => {
    const row = groupRow('web', [statusOf({ state: 'paused' }), statusOf({ state: 'paused' })]);
    assert.equal(row.description, '0 of 2 collecting');
    assert.equal(row.icon, 'debug-pause');
  });
});
