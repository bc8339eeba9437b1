import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isStale } from '../../../../src/views/gutter/stale';

const TAKEN = Date.UTC(2026, 0, 2, 3, 4, 5, 250);

function stale(
  modifiedMs: number | undefined,
  takenMs: number | undefined,
  dirty = false,
): boolean {
  return isStale({ modifiedMs, dirty }, takenMs);
}

describe('a stale file', () => {
  it('was written after the profile was taken', () => {
    assert.equal(stale(TAKEN - 1, TAKEN), false);
    assert.equal(stale(TAKEN, TAKEN), false);
    assert.equal(stale(TAKEN + 1, TAKEN), true);
  });

  it('has changes that are not saved', () => {
    assert.equal(stale(TAKEN - 1, TAKEN, true), true);
  });

  it('is judged by the whole second where the profile tells no more', () => {
    const second = TAKEN - 250;
    assert.equal(stale(second + 999, second), false);
    assert.equal(stale(second + 1000, second), true);
  });

  it('is told by its content where the profile knows it, whatever the times say', () => {
    const modified = { dirty: false, modifiedMs: TAKEN + 1 };
    assert.equal(isStale({ ...modified, isSame: true }, TAKEN), false);
    assert.equal(isStale({ ...modified, modifiedMs: TAKEN - 1, isSame: false }, TAKEN), true);
    assert.equal(isStale({ dirty: true, modifiedMs: TAKEN, isSame: true }, TAKEN), true);
  });

  it('is not claimed where a time is not known', () => {
    assert.equal(stale(undefined, TAKEN), false);
    assert.equal(stale(TAKEN, undefined), false);
  });
});
