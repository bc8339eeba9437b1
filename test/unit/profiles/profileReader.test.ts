import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../src/core/formats/registry';
import { checkIntegrity } from '../../../src/core/model/integrity';
import { ProfileReader } from '../../../src/profiles/profileReader';
import { syntheticStats } from '../../../src/profiles/syntheticStats';

describe('the warm-up of the reader', () => {
  it('reads a call graph like that of a request', () => {
    const profile = readProfile({ bytes: syntheticStats(100), name: '' });
    assert.equal(profile.format, 'pstats');
    assert.equal(profile.functions.length, 100);
    assert.deepEqual(checkIntegrity(profile), []);
    assert.ok(profile.data.kind === 'callGraph' && profile.data.edges.length > 300);
  });

  it('runs to its end', () => {
    assert.doesNotThrow(() => {
      new ProfileReader(0).warmUp();
    });
  });
});
