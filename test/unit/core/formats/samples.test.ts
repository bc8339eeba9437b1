import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { detectFormat, formats, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import { samples } from './samples';

describe('every sample', () => {
  it('exists for every format', () => {
    const found = new Set(samples.map(({ format }) => format));
    assert.deepEqual(
      formats.map(({ id }) => id).filter((id) => !found.has(id)),
      [],
    );
  });

  for (const { path, format, bytes } of samples) {
    describe(path, () => {
      it(`is told as ${format} by its content, and by no other format`, () => {
        const claims = formats.filter((each) => each.detect(bytes)).map(({ id }) => id);
        assert.deepEqual(claims, [format]);
      });

      it('reads as a sound profile', () => {
        const profile = readProfile({ bytes, name: '' });
        assert.deepEqual(checkIntegrity(profile), []);
        assert.equal(profile.format, format);
        assert.ok(profile.functions.length > 0);
        assert.ok(profile.total > 0);
      });

      it('reads the same when gzipped', () => {
        const zipped = gzipSync(bytes);
        assert.equal(detectFormat(zipped)?.id, format);
        assert.deepEqual(
          readProfile({ bytes: zipped, name: '' }),
          readProfile({ bytes, name: '' }),
        );
      });
    });
  }
});
