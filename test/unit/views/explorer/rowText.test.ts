import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatBytes,
  groupRow,
  pageRange,
  profileRow,
} from '../../../../src/views/explorer/rowText';
import type { ProfileEntry } from '../../../../src/profiles/profileEntry';
import { entry } from './support';

const SUMMARY = {
  format: 'mprofDat',
  formatLabel: 'mprof',
  functionCount: 2,
  request: {},
  warnings: [],
};

const NOW = 1_000_000_000;
const REQUEST = entry({
  method: 'GET',
  path: '/shop/items',
  durationMs: 1_250,
  endedMs: NOW - 130_000,
});

describe('profileRow', () => {
  it('shows request, duration and age, and how hot it is', () => {
    assert.deepEqual(profileRow(REQUEST, false, NOW), {
      label: 'GET /shop/items',
      description: '1.25 s · 2 min ago',
      icon: 'triangle-up',
      color: 'hotline.heat4Foreground',
      spoken: 'GET /shop/items, 1.25 s, 2 min ago',
    });
  });

  it('tells a screen reader what is new', () => {
    assert.match(profileRow(REQUEST, true, NOW).spoken, /^new, GET/);
  });

  it('shows a failed request by its status', () => {
    const failed = entry({ path: '/', status: 500, durationMs: 3 });
    assert.equal(profileRow(failed, false, NOW).description, '500 · 3 ms');
    const found = entry({ path: '/', status: 200, durationMs: 3 });
    assert.equal(profileRow(found, false, NOW).description, '3 ms');
  });

  it('gives the reason of a file that does not read, and says of another that it is written', () => {
    const broken = { ...REQUEST, state: { kind: 'unreadable', reason: 'It is empty.' } } as const;
    const { description, icon } = profileRow(broken, false, NOW);
    assert.deepEqual([description, icon], ['It is empty.', 'warning']);
    const writing = { ...REQUEST, state: { kind: 'writing' } } as const;
    assert.equal(profileRow(writing, false, NOW).description, 'writing…');
  });

  it('shows the peak of memory over time', () => {
    const summary = { ...SUMMARY, unit: 'bytes', total: 29.25 * 2 ** 20, dataKind: 'timeline' };
    const plot = entry({}, { state: { kind: 'readable', summary } as ProfileEntry['state'] });
    assert.equal(profileRow(plot, false, NOW).description, 'peak 29.3 MiB');
  });

  it('has another icon for every level of heat, and one for an unknown duration', () => {
    const durations = [0, 50, 200, 1_000, 5_000, undefined];
    const icons = durations.map(
      (durationMs) =>
        profileRow(entry(durationMs === undefined ? {} : { durationMs }), false, NOW).icon,
    );
    assert.equal(new Set(icons).size, durations.length);
  });
});

describe('formatBytes', () => {
  it('takes the unit in which there is at least one', () => {
    const sizes = [0, 1023, 1024, 1.5 * 2 ** 20, 3 * 2 ** 30, 5000 * 2 ** 40];
    assert.deepEqual(sizes.map(formatBytes), [
      '0 bytes',
      '1023 bytes',
      '1.0 KiB',
      '1.5 MiB',
      '3.0 GiB',
      '5000.0 TiB',
    ]);
  });
});

describe('groupRow', () => {
  it('shows count and spread', () => {
    const statistics = { key: 'GET /', count: 12, p50: 20, p95: 1_200, max: 3_000, total: 9_000 };
    const { description, spoken } = groupRow('GET /', statistics);
    assert.equal(description, '12 × · p50 20 ms · p95 1.2 s · max 3 s');
    assert.equal(spoken, 'GET /, 12 profiles, median 20 ms, 95th percentile 1.2 s, longest 3 s');
  });

  it('leaves out what is unknown', () => {
    const unknown = { p50: undefined, p95: undefined, max: undefined };
    assert.equal(groupRow('x', { key: 'x', count: 1, total: 0, ...unknown }).description, '1 ×');
  });
});

describe('pageRange', () => {
  it('ends with the last row', () => {
    assert.equal(pageRange(200, 200, 40_000), '201–400 of 40,000');
    assert.equal(pageRange(4_800, 200, 4_950), '4,801–4,950 of 4,950');
  });
});
