import assert from 'node:assert/strict';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readProfile } from '../../../src/core/formats/registry';
import { checkIntegrity } from '../../../src/core/model/integrity';
import { ProfileReader } from '../../../src/profiles/profileReader';
import { syntheticStats } from '../../../src/profiles/syntheticStats';
import { temporaryDirectory } from './support';

const SAMPLES = join(import.meta.dirname, '../../fixtures/profiles');
const LIMITS = { minimumShare: 0.001, maximumNodes: 50_000 };

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

describe('several files as one profile', () => {
  const setUp = async (test: TestContext): Promise<{ paths: string[]; directory: string }> => {
    const directory = await temporaryDirectory(test);
    const paths = ['a.prof', 'b.prof'].map((name) => join(directory, name));
    for (const path of paths) await copyFile(join(SAMPLES, 'pstats/cprofile-cp311.prof'), path);
    return { paths, directory };
  };

  it('are added up', async (test) => {
    const { paths } = await setUp(test);
    const single = new ProfileReader(1).annotations(paths[0] ?? '');
    const reader = new ProfileReader(1);
    assert.equal(reader.annotations({ title: 'both', paths }).total, single.total * 2);
  });

  it('are not said to stand in the order of time', () => {
    const paths = ['report', 'orders'].map((name) =>
      join(SAMPLES, `hotline/${name}.lines.speedscope.json`),
    );
    const { note } = new ProfileReader(1).flamegraph({ title: 'both', paths }, 'both', LIMITS);
    assert.equal(note, 'Stacks of several profiles stand by weight, not in time order.');
  });

  it('leave out those that do not read, and name them', async (test) => {
    const { paths, directory } = await setUp(test);
    const broken = join(directory, 'broken.prof');
    await writeFile(broken, 'no profile at all');
    const all = [...paths, broken, join(directory, 'gone.prof')];
    const { note } = new ProfileReader(1).flamegraph({ title: 'all', paths: all }, 'all', LIMITS);
    assert.match(note ?? '', /2 files cannot be read and are left out: broken\.prof, gone\.prof\./);
  });

  it('are refused where none reads, with the reason of the first', () => {
    const paths = ['/missing/a.prof', '/missing/b.prof'];
    assert.throws(() => new ProfileReader(1).annotations({ title: 'gone', paths }), {
      name: 'ProfileError',
      message: 'The file is gone.',
    });
  });

  it('are read again when one of them changes', async (test) => {
    const { paths } = await setUp(test);
    const reader = new ProfileReader(1);
    const source = { title: 'both', paths };
    const before = reader.annotations(source).total;
    await rm(paths[1] ?? '');
    assert.equal(reader.annotations(source).total, before / 2);
  });
});
