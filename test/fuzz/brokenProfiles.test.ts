/** Broken and hostile files: each gives a sound profile or a `ProfileError`, never anything else. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readProfile } from '../../src/core/formats/registry';
import { ProfileError } from '../../src/core/model/errors';
import { formatIds, fuzz } from './fuzzer';
import { picklesThatRun } from './hostileFiles';

/** The same files in every run; `npm run fuzz` tries others. */
const seed = 1;

/** Broken files for each reader. */
const runs = 300;

describe('a broken file is read as far as it is sound, or refused', () => {
  for (const format of formatIds()) {
    it(format, async () => {
      const { findings } = await fuzz(format, seed, (done) => done >= runs);
      assert.deepEqual(findings, []);
    });
  }
});

describe('hostile files', () => {
  it('never run what a pickle calls', () => {
    const directory = mkdtempSync(join(tmpdir(), 'hotline-fuzz-'));
    const proof = join(directory, 'run');
    for (const { name, bytes } of picklesThatRun(proof)) {
      assert.throws(() => readProfile({ bytes, name: '' }), ProfileError, name);
    }
    assert.equal(existsSync(proof), false);
    rmSync(directory, { recursive: true });
  });

  it('do not fill the memory from a gzip file', () => {
    // 600 MB in 600 kB: more than is ever unzipped.
    const megabyte = gzipSync(Buffer.alloc(1024 * 1024));
    const bomb = Buffer.concat(Array.from({ length: 600 }, () => megabyte));
    assert.throws(() => readProfile({ bytes: bomb, name: '' }), { reason: 'tooLarge' });
  });
});
