import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { detectFormat, formatLabel, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { readFixture } from './samples';

const read = (bytes: Buffer): Profile => readProfile({ bytes, name: 'profile.prof' });

describe('registry', () => {
  it('says that an empty file may still be written', () => {
    assert.throws(() => read(Buffer.alloc(0)), {
      name: 'ProfileError',
      reason: 'incomplete',
      message: /^The file is empty\b/,
    });
  });

  for (const [what, content, kind] of [
    ['an HTML page', '<!DOCTYPE html><html>', /an HTML page/],
    ['an image', Buffer.from('89504e470d0a1a0a', 'hex'), /an image/],
    ['a ZIP archive', 'PK\x03\x04', /a ZIP archive/],
    ['other JSON', '{"name": "x"}', /JSON of another tool/],
    ['text', 'Dear diary,\n', /plain text/],
    ['other binary data', Buffer.from([0, 1, 2, 255]), /binary data/],
    [
      'the text of pyinstrument',
      readFixture('pyinstrument/text.txt'),
      /run it again with `-r session/,
    ],
    [
      'the stats of pympler',
      Buffer.from(
        '\x80\x02}q\x00U\x01Aq\x01]q\x02cpympler.classtracker\nTrackedObject\n',
        'latin1',
      ),
      /pympler.*use memory_profiler/,
    ],
  ] as const) {
    it(`says that ${what} is no profile`, () => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      assert.equal(detectFormat(bytes), undefined);
      assert.throws(() => read(bytes), {
        name: 'ProfileError',
        reason: 'unknownFormat',
        message: kind,
      });
    });
  }

  it('tells a gzipped file that is cut off from a damaged one', () => {
    const zipped = gzipSync(Buffer.from('events: ns\nfn=f\n1 5\n'));
    assert.throws(() => read(zipped.subarray(0, -12)), { reason: 'incomplete' });
    const damaged = Buffer.from(zipped);
    damaged.fill(0xff, 10, 20);
    assert.throws(() => read(damaged), { reason: 'broken' });
  });

  it('has a name for every format, and the id for others', () => {
    assert.equal(formatLabel('callgrind'), 'callgrind');
    assert.equal(formatLabel('somethingElse'), 'somethingElse');
  });
});
