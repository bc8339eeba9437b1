import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profiledVersion, type TextVersion } from '../../../src/platform/textVersions';

const TAKEN = Date.UTC(2026, 0, 2, 3, 4, 5, 250);

/** Versions named by when they were written, counted from `TAKEN`. */
function versions(...after: readonly number[]): TextVersion[] {
  return after.map((ms) => ({ text: `${ms}`, modifiedMs: TAKEN + ms, sha256: `hash ${ms}` }));
}

function found(
  seen: readonly TextVersion[],
  takenMs?: number,
  sha256?: string,
): string | undefined {
  return profiledVersion(seen, { takenMs, sha256 })?.text;
}

describe('the version of a file that was profiled', () => {
  it('is the last one that was written before the profile was taken', () => {
    assert.equal(found(versions(-9, 0, 1), TAKEN), '0');
    assert.equal(found(versions(1), TAKEN), undefined);
  });

  it('is judged by the whole second where the profile tells no more', () => {
    const second = TAKEN - 250;
    assert.equal(found(versions(749), second), '749');
    assert.equal(found(versions(750), second), undefined);
  });

  it('is told by its content where the profile knows it, whatever the times say', () => {
    assert.equal(found(versions(-9, 5, 7), TAKEN, 'hash 5'), '5');
    assert.equal(found(versions(-9), TAKEN, 'hash 0'), undefined);
  });

  it('is the last one where no time is known', () => {
    assert.equal(found(versions(-9, 3)), '3');
  });
});
