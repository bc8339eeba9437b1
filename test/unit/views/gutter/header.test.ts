import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Measurement } from '../../../../src/core/derive/lineCosts';
import { timingTable } from '../../../../src/views/gutter/columns';
import { headerText, shortTitle } from '../../../../src/views/gutter/header';
import { annotations } from './sampleAnnotations';

const EMPTY = annotations('exact', { functions: [], lines: [] });

describe('the header', () => {
  it('states the profile, the unit and what % Time is of', () => {
    const table = timingTable(EMPTY, 'full', 'function');
    assert.equal(
      headerText('GET /shop/', table, EMPTY, [], false),
      'GET /shop/ · Time in ms · % of function',
    );
  });

  it('names what was measured where the file has several of it', () => {
    const table = timingTable({ ...EMPTY, unit: 'events', total: 9 }, 'full', 'request');
    const cost = { ...EMPTY, metric: 'Instructions (Ir)' };
    assert.match(headerText('x', table, cost, [], false), /^x · Instructions \(Ir\) · Events · /);
  });

  it('says what of the file was sampled or estimated', () => {
    const table = timingTable(EMPTY, 'full', 'request');
    const flaws = (...measured: Measurement[]): string =>
      headerText(
        'x',
        table,
        EMPTY,
        measured.map((each) => ({ measured: each, stale: false })),
        false,
      ).replace('x · Time in ms · % of request', '');
    assert.deepEqual(
      [flaws('exact'), flaws('exact', 'estimated'), flaws('sampled')],
      ['', ' · ≈ estimated', ' · sampled'],
    );
  });

  it('says when the file is stale', () => {
    const table = timingTable(EMPTY, 'full', 'request');
    assert.match(headerText('GET /shop/', table, EMPTY, [], true), /^stale: .* · GET/);
  });

  it('says how many lines are, where it is known which', () => {
    const table = timingTable(EMPTY, 'full', 'request');
    const rows = [true, false, true].map((stale) => ({ measured: 'exact' as const, stale }));
    assert.match(headerText('x', table, EMPTY, rows, false), /^stale: 2 lines changed since · x/);
  });

  it('does not call bytes a time', () => {
    const table = timingTable({ ...EMPTY, unit: 'bytes', total: 2 ** 20 }, 'full', 'request');
    assert.match(headerText('x', table, EMPTY, [], false), / · Memory in KiB · /);
  });
});

describe('a title', () => {
  it('stays on one line', () => {
    assert.equal(shortTitle('GET /a\r\n\u0007b', 60), 'GET /a b');
  });

  it('is cut off between characters', () => {
    assert.equal(shortTitle('😀😀😀😀', 3), '😀😀…');
  });
});
