import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeOf, relativeChangeOf } from '../../../../webview/compare/delta';
import {
  formatChange,
  formatCost,
  formatDelta,
  formatRelative,
} from '../../../../webview/compare/format';

describe('numbers of a comparison', () => {
  it('have the unit that suits them, and a sign where they are changes', () => {
    assert.equal(formatCost(0.0123456, 'seconds'), '12.3 ms');
    assert.equal(formatCost(2.5e-7, 'seconds'), '250 ns');
    assert.equal(formatCost(3 * 2 ** 20, 'bytes'), '3 MiB');
    assert.equal(formatCost(1234567, 'events'), '1,234,570');
    assert.equal(formatChange(0.0123456, 'seconds'), '+12.3 ms');
    assert.equal(formatChange(-2048, 'bytes'), '−2 KiB');
    assert.equal(formatChange(0, 'seconds'), '0 ms');
  });

  it('are percents, and factors where those would be large', () => {
    assert.equal(formatRelative(0.452), '+45 %');
    assert.equal(formatRelative(-0.032), '−3.2 %');
    assert.equal(formatRelative(0.0041), '+0.4 %');
    assert.equal(formatRelative(11), '×12');
    assert.equal(formatRelative(0), '0 %');
  });

  it('are blank where they are not known, never 0', () => {
    assert.equal(formatCost(undefined, 'seconds'), '');
    const unknown = { before: undefined, after: 1 };
    assert.equal(formatChange(changeOf(unknown), 'seconds'), '');
    assert.equal(formatRelative(relativeChangeOf(unknown)), '');
    assert.equal(formatDelta(unknown, 'seconds'), 'unknown → 1 s');
    assert.equal(formatRelative(relativeChangeOf({ before: 0, after: 1 })), '');
  });

  it('tell both sides in a line', () => {
    assert.equal(
      formatDelta({ before: 0.01, after: 0.0123 }, 'seconds'),
      '10 ms → 12.3 ms, +2.3 ms, +23 %',
    );
    assert.equal(formatDelta({ before: 0.2, after: 0.2 }, 'seconds'), '200 ms → 200 ms, 0 ms, 0 %');
  });
});
