import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSameSource } from '../../../../src/core/profileSource';
import { parseFromFlamegraph, parsePanelState } from '../../../../src/views/flamegraph/messages';

const frame = { name: 'price', file: '/srv/shop/price.py', line: 7 };

describe('a message of the flamegraph', () => {
  const understood: unknown[] = [
    { t: 'ready' },
    { t: 'keepOpen' },
    { t: 'cancel' },
    { t: 'choosePeriod' },
    { t: 'compare' },
    { t: 'chooseMetric', metric: 'Ir' },
    { t: 'retry' },
    { t: 'loaded', id: 3, profiles: 1, frames: 620 },
    { t: 'loadFailed', id: 3, message: 'speedscope cannot read the profile.' },
    { t: 'frameSelected', frame },
    { t: 'frameSelected', frame: undefined },
    { t: 'openSource', frame },
    { t: 'openSource', frame: { name: 'sum', file: undefined, line: undefined } },
    { t: 'error', message: 'TypeError' },
  ];
  for (const message of understood) {
    it(`is understood: ${JSON.stringify(message)}`, () => {
      assert.deepEqual(parseFromFlamegraph(message), message);
    });
  }

  const refused: readonly (readonly [why: string, message: unknown])[] = [
    ['no object', 'ready'],
    ['null', null],
    ['no type', {}],
    ['an unknown type', { t: 'runCommand', command: 'rm' }],
    ['a frame without a name', { t: 'openSource', frame: { file: '/a.py', line: 1 } }],
    ['no frame to open', { t: 'openSource' }],
    ['a file that is no text', { t: 'openSource', frame: { ...frame, file: ['/a.py'] } }],
    ['a line that is no number', { t: 'openSource', frame: { ...frame, line: '7' } }],
    ['a line that is no whole number', { t: 'frameSelected', frame: { ...frame, line: 1.5 } }],
    ['a negative line', { t: 'frameSelected', frame: { ...frame, line: -1 } }],
    ['an infinite count', { t: 'loaded', id: 1, profiles: 1, frames: Infinity }],
    ['a metric that is no text', { t: 'chooseMetric', metric: 3 }],
    ['a text beyond all measure', { t: 'error', message: 'x'.repeat(100_001) }],
  ];
  for (const [why, message] of refused) {
    it(`is ignored: ${why}`, () => {
      assert.equal(parseFromFlamegraph(message), undefined);
    });
  }

  it('brings nothing along but what is known', () => {
    const message = { t: 'openSource', frame: { ...frame, command: 'evil' }, more: 1 };
    assert.deepEqual(parseFromFlamegraph(message), { t: 'openSource', frame });
  });
});

describe('the state of a panel', () => {
  const state = { path: '/profiles/root.prof', title: 'GET /', kind: 'kept' };

  it('is restored', () => {
    assert.deepEqual(parsePanelState({ ...state, other: true }), state);
  });

  it('is restored with what was chosen, as far as that is understood', () => {
    const choice = { metric: 'Ir', period: { fromMs: 5, untilMs: 9 } };
    assert.deepEqual(parsePanelState({ ...state, choice }), { ...state, choice });
    const broken = { metric: ['Ir'], period: { fromMs: 9, untilMs: 5 } };
    const nothing = { metric: undefined, period: undefined };
    assert.deepEqual(parsePanelState({ ...state, choice: broken }), { ...state, choice: nothing });
  });

  it('is restored with the files of a merged profile', () => {
    const path = { title: 'GET / · 2 requests', paths: ['/profiles/a.prof', '/profiles/b.prof'] };
    assert.deepEqual(parsePanelState({ ...state, path }), { ...state, path });
    for (const paths of [[], [''], [1], 'a']) {
      assert.equal(parsePanelState({ ...state, path: { title: 'x', paths } }), undefined);
    }
  });

  it('is restored with the query of what was collected', () => {
    const database = '/storage/collected.db';
    const period = { fromMs: 5, untilMs: 9 };
    const all = { title: 'last 15 minutes', database, period };
    const one = { ...all, host: 'web-1', port: 16384, process: 'shop', waiting: true };
    const path = parsePanelState({ ...state, path: all })?.path;
    assert.ok(path !== undefined && isSameSource(path, all));
    assert.deepEqual(parsePanelState({ ...state, path: one })?.path, one);
    for (const wrong of [{ database: '' }, { period: {} }, { host: 1 }, { port: '1' }])
      assert.equal(parsePanelState({ ...state, path: { ...one, ...wrong } }), undefined);
  });

  for (const broken of [undefined, 'x', {}, { ...state, path: '' }, { ...state, kind: 'other' }]) {
    it(`is refused: ${JSON.stringify(broken)}`, () => {
      assert.equal(parsePanelState(broken), undefined);
    });
  }
});
