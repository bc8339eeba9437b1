import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FunctionIndexes } from '../../../src/profiles/functionIndexes';
import { INDEX_NAME } from '../../../src/profiles/functionIndexFile';
import type { ProfileDirectories } from '../../../src/profiles/profileDirectories';
import { ProfileReader } from '../../../src/profiles/profileReader';
import { eventually, followed, listed, settled, SUMMARY, temporaryDirectory } from './support';

const SAMPLE = 'test/fixtures/profiles/pstats/cprofile-cp311.prof';
const QUERY = { fileName: 'work.py', name: 'leaf' };
const PATIENT = { signal: new AbortController().signal, onProgress: () => undefined };

interface Parts {
  readonly directory: string;
  readonly storage: string;
  readonly directories: ProfileDirectories;
  readonly indexes: FunctionIndexes;
  /** Every profile that was read. */
  readonly read: string[];
}

async function parts(test: TestContext, { mayWriteBeside = true } = {}): Promise<Parts> {
  const directory = await temporaryDirectory(test);
  const storage = join(await temporaryDirectory(test), 'storage');
  const directories = followed(test, directory);
  await settled(directories);
  const reader = new ProfileReader(1);
  const read: string[] = [];
  const indexes = new FunctionIndexes({
    directories,
    importer: {
      indexProfile: (index, path) => {
        read.push(path);
        return Promise.resolve(path).then(() => reader.indexProfile(index, path));
      },
      searchIndexes: (paths, query) => Promise.resolve(reader.searchIndexes(paths, query)),
      compactIndex: (index, names) => Promise.resolve(reader.compactIndex(index, names)),
    },
    storage,
    mayWriteBeside: () => mayWriteBeside,
    report: (message, error) => {
      throw new Error(message, { cause: error });
    },
  });
  test.after(() => {
    indexes.dispose();
  });
  return { directory, storage, directories, indexes, read };
}

/** Profiles that leave `leaf` of `work.py` some time. */
async function left({ directory, directories }: Parts, ...names: string[]): Promise<string[]> {
  for (const name of names) copyFileSync(SAMPLE, join(directory, name));
  await listed(directories, [...names]);
  return names.map((name) => join(directory, name));
}

describe('FunctionIndexes', () => {
  it('indexes a profile that arrives as soon as it reads', async (test) => {
    const made = await parts(test);
    const [path = ''] = await left(made, 'a.prof');
    assert.deepEqual(made.read, []);
    const entry = await eventually('the arrival', () => made.directories.get(path));
    made.directories.setState(entry, { kind: 'readable', summary: SUMMARY });
    await eventually('the index', () => existsSync(join(made.directory, INDEX_NAME)));
    const { hits, missing } = await made.indexes.search(QUERY);
    assert.deepEqual([...hits.keys()], [path]);
    assert.deepEqual(missing, []);
  });

  it('says what is not indexed yet, and completes it', async (test) => {
    const made = await parts(test);
    const paths = await left(made, 'a.prof', 'b.prof', 'c.prof');
    const { hits, missing } = await made.indexes.search(QUERY);
    assert.equal(hits.size, 0);
    await made.indexes.complete(missing, PATIENT);
    const answer = await made.indexes.search(QUERY);
    assert.deepEqual([...answer.hits.keys()].sort(), paths);
    assert.equal(answer.hits.get(paths[0] ?? '')?.[0]?.total.toFixed(7), '0.0000208');
    assert.deepEqual(answer.missing, []);
  });

  it('indexes a profile that has changed again, and forgets one that is gone', async (test) => {
    const made = await parts(test);
    const [path = ''] = await left(made, 'a.prof');
    await made.indexes.complete((await made.indexes.search(QUERY)).missing, PATIENT);
    utimesSync(path, 1, 1);
    await made.directories.rescan();
    const { missing } = await made.indexes.search(QUERY);
    assert.deepEqual(
      missing.map((entry) => entry.path),
      [path],
    );
  });

  it('reads a file that is no profile once, however often it is asked', async (test) => {
    const made = await parts(test);
    writeFileSync(join(made.directory, 'text.prof'), 'no profile at all');
    await listed(made.directories, ['text.prof']);
    await made.indexes.complete((await made.indexes.search(QUERY)).missing, PATIENT);
    assert.equal(made.read.length, 1);
    assert.deepEqual((await made.indexes.search(QUERY)).missing, []);
  });

  it('stops when it is called off', async (test) => {
    const made = await parts(test);
    await left(made, 'a.prof', 'b.prof', 'c.prof');
    const calledOff = new AbortController();
    const { missing } = await made.indexes.search(QUERY);
    await made.indexes.complete(missing, {
      signal: calledOff.signal,
      onProgress: () => {
        calledOff.abort();
      },
    });
    assert.equal((await made.indexes.search(QUERY)).hits.size, 1);
  });

  it('keeps the index elsewhere where nothing may be written beside the profiles', async (test) => {
    const untrusted = await parts(test, { mayWriteBeside: false });
    const taken = await parts(test);
    writeFileSync(join(taken.directory, INDEX_NAME), 'of another program');
    for (const made of [untrusted, taken]) {
      await left(made, 'a.prof');
      await made.indexes.complete((await made.indexes.search(QUERY)).missing, PATIENT);
      assert.equal((await made.indexes.search(QUERY)).hits.size, 1);
      assert.equal(readdirSync(made.storage).length, 1);
    }
    assert.deepEqual(readdirSync(untrusted.directory), ['a.prof']);
  });
});
