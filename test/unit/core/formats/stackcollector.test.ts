import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Period, Profile, Stacks } from '../../../../src/core/model/profile';
import { gdbmFile, type GdbmLayout } from './gdbmFile';
import { readFixture, readJson, readSample } from './samples';
import { treeOf } from './visualizerTree';

const path = 'stackcollector/db/db.pag';

/** When the sample's collections were, in seconds. */
const buckets = readFixture('stackcollector/visualizer-buckets.txt')
  .toString()
  .trim()
  .split('\n')
  .map(Number);

function read(bytes: Buffer, period?: Period): Profile {
  const profile = readProfile({ bytes, name: '', choice: { period } });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

function stacksOf({ data }: Profile): Stacks {
  if (data.kind !== 'stacks') throw new Error('there are no stacks');
  return data;
}

describe('stackcollector: against what its visualizer draws', () => {
  it('of all collections', () => {
    assert.deepEqual(treeOf(readSample(path), 0), readJson('stackcollector/visualizer-data.json'));
  });

  it('of those since the second one, without rare stacks', () => {
    const period = { fromMs: (buckets[1] ?? NaN) * 1000, untilMs: 2 ** 42 };
    assert.deepEqual(
      treeOf(read(readFixture(path), period), 0.01),
      readJson('stackcollector/visualizer-data-from-threshold.json'),
    );
  });
});

describe('stackcollector: the period', () => {
  it('is that of all collections, and tells which part of it is shown', () => {
    const recorded = { fromMs: (buckets[0] ?? NaN) * 1000, untilMs: (buckets[2] ?? NaN) * 1000 };
    assert.deepEqual(readSample(path).period, { recorded, shown: recorded });
    const second = { fromMs: recorded.fromMs + 500, untilMs: recorded.fromMs + 1000 };
    assert.deepEqual(read(readFixture(path), second).period, { recorded, shown: second });
  });

  it('divides the samples: those of single collections add up to all', () => {
    const totals = buckets.map((seconds) => {
      const timeMs = seconds * 1000;
      return read(readFixture(path), { fromMs: timeMs, untilMs: timeMs }).total;
    });
    assert.equal(totals.length, 3);
    assert.equal(
      totals.reduce((sum, total) => sum + total, 0),
      readSample(path).total,
    );
  });

  it('may have nothing in it', () => {
    assert.equal(read(readFixture(path), { fromMs: 0, untilMs: 1 }).total, 0);
  });

  it('is all where the choice is none', () => {
    const { total } = readSample(path);
    assert.equal(read(readFixture(path), { fromMs: 2, untilMs: 1 }).total, total);
  });
});

describe('stackcollector: databases of other machines', () => {
  const entries = [
    ['main(app);view(app.views)', '10.0.0.1:16384:1700000000:5 ::1:16385:1700000600:7 '],
    ['main(app)', '10.0.0.1:16384:1700000000:1 '],
  ] as const;
  const wide = { offsetSize: 8, bucketHead: 112 } as const;
  const kinds: readonly (readonly [name: string, layout: GdbmLayout])[] = [
    ['64 bits', { magic: 0x13579acf, isLittleEndian: true, ...wide }],
    ['64 bits, big-endian', { magic: 0x13579acf, isLittleEndian: false, ...wide }],
    ['64 bits, crash-tolerant', { magic: 0x13579ad1, isLittleEndian: true, ...wide }],
    ['64 bits, the first magic number', { magic: 0x13579ace, isLittleEndian: true, ...wide }],
    [
      '32 bits with large files',
      { magic: 0x13579acf, isLittleEndian: true, offsetSize: 8, bucketHead: 84 },
    ],
    ['32 bits', { magic: 0x13579acd, isLittleEndian: true, offsetSize: 4, bucketHead: 60 }],
    [
      '32 bits, big-endian',
      { magic: 0x13579ace, isLittleEndian: false, offsetSize: 4, bucketHead: 60 },
    ],
  ];
  for (const [name, layout] of kinds) {
    it(name, () => {
      const profile = read(gdbmFile(layout, entries));
      assert.equal(profile.total, 13);
      assert.deepEqual(
        stacksOf(profile).lanes.map((lane) => [lane.name, [...lane.weights]]),
        [
          ['10.0.0.1:16384', [5, 1]],
          ['::1:16385', [7]],
        ],
      );
    });
  }

  const [, layout] = kinds[0] ?? [];
  assert.ok(layout);

  it('that other programs keep are none of its own', () => {
    const bytes = gdbmFile(layout, [
      ['$version$', '2.5.0'],
      ['ls', '1 1 1700000000:5'],
    ]);
    assert.equal(detectFormat(bytes), undefined);
  });

  it('whose buckets or entries overlap are refused', () => {
    const bytes = gdbmFile(layout, entries);
    const bucket = 2 * 512 + 112;
    // The element is repeated, so that two have the same bytes.
    for (let element = 1; element < 16; element++) {
      bytes.copyWithin(bucket + element * 24, bucket + 24, bucket + 48);
    }
    for (let element = 1; element < 16; element++)
      bytes.writeInt32LE(700, bucket + element * 24 + 20);
    assert.throws(() => read(Buffer.concat([bytes, Buffer.alloc(1000, 0x20)])), {
      message: 'The gdbm data is damaged: its entries overlap.',
    });
  });

  it('with a stack that no program has are refused', () => {
    const deep = 'f;'.repeat(2_000_001);
    const bytes = gdbmFile(layout, [...entries, [deep, entries[0][1]]]);
    assert.throws(() => read(bytes), { reason: 'tooLarge', message: /in one stack/ });
  });

  it('with an entry that counts nothing name its place', () => {
    const bytes = gdbmFile(layout, [...entries, ['main(app);other(app)', 'somewhere']]);
    const offset = bytes.indexOf('main(app);other(app)');
    assert.throws(() => read(bytes), {
      message: `The stackcollector data is damaged: the entry at byte ${offset} has no counts.`,
    });
  });

  it('that end early are incomplete', () => {
    const bytes = gdbmFile(layout, entries);
    assert.throws(() => read(bytes.subarray(0, -1)), { reason: 'incomplete' });
  });
});
