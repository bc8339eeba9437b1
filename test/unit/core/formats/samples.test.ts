import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { contentOf } from '../../../../src/core/formats/content';
import { detectFormat, formats, readProfile } from '../../../../src/core/formats/registry';
import { ProfileError } from '../../../../src/core/model/errors';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import { otherFiles, readFixture, samples } from './samples';
import { leftSnapshots, savedSnapshot, snapshotText } from './snapshots';

describe('every sample', () => {
  it('exists for every format', () => {
    const found = new Set(samples.map(({ format }) => format));
    assert.deepEqual(
      formats.map(({ id }) => id).filter((id) => !found.has(id)),
      [],
    );
  });

  it('exists for every snapshot', () => {
    assert.deepEqual(leftSnapshots(), []);
  });

  for (const sample of samples) {
    const { path, format, bytes } = sample;
    describe(path, () => {
      it(`is told as ${format} by its content, and by no other format`, () => {
        const content = contentOf(bytes);
        const claims = formats.filter((each) => each.detect(content)).map(({ id }) => id);
        assert.deepEqual(claims, [format]);
      });

      it('reads as a sound profile', () => {
        const profile = readProfile({ bytes, name: '' });
        assert.deepEqual(checkIntegrity(profile), []);
        assert.equal(profile.format, format);
        if (profile.total === 0) {
          assert.ok(profile.warnings.length > 0, 'a profile of nothing says so');
        } else {
          assert.ok(profile.total > 0);
          assert.ok(profile.functions.length > 0 || profile.data.kind === 'timeline');
        }
      });

      it('reads as it did when its snapshot was written', () => {
        assert.equal(snapshotText(sample), savedSnapshot(sample), 'npm run snapshots');
      });

      it('reads the same whether gzipped or not', () => {
        const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
        const other = isZipped ? gunzipSync(bytes) : gzipSync(bytes);
        assert.equal(detectFormat(other)?.id, format);
        assert.deepEqual(readProfile({ bytes: other, name: '' }), readProfile({ bytes, name: '' }));
      });
    });
  }
});

describe('programs, sources and reports', () => {
  it('are read as no profile', () => {
    const read = otherFiles.filter((path) => {
      try {
        readProfile({ bytes: readFixture(path), name: '' });
        return true;
      } catch (error) {
        return !(error instanceof ProfileError);
      }
    });
    assert.deepEqual(read, []);
  });
});
