import assert from 'node:assert/strict';
import { appendFile, writeFile, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ProfileError } from '../../../src/core/model/errors';
import type { ProfileSummary } from '../../../src/profiles/importerApi';
import type { ProfileDirectories } from '../../../src/profiles/profileDirectories';
import { RowChecks } from '../../../src/profiles/rowChecks';
import { eventually, followed, listed, settled, SUMMARY, temporaryDirectory } from './support';

/** Reads files by what the test says of their names, and remembers the order. */
class FakeImporter {
  readonly read: string[] = [];
  readonly #errors: Readonly<Record<string, ProfileError | undefined>>;

  constructor(errors: Readonly<Record<string, ProfileError | undefined>> = {}) {
    this.#errors = errors;
  }

  summary(path: string): Promise<ProfileSummary> {
    this.read.push(basename(path));
    const error = this.#errors[basename(path)];
    return error ? Promise.reject(error) : Promise.resolve(SUMMARY);
  }
}

const INCOMPLETE = new ProfileError('It ends too early.', 'incomplete');
const named = (path: string, time = 1_795_175_664): string => `${path}.000012ms.${time}.prof`;

async function setUp(
  test: TestContext,
  names: readonly string[],
  errors?: Readonly<Record<string, ProfileError | undefined>>,
): Promise<{
  directory: string;
  directories: ProfileDirectories;
  importer: FakeImporter;
  checks: RowChecks;
}> {
  const directory = await temporaryDirectory(test);
  for (const name of names) await writeFile(join(directory, name), 'x');
  const directories = followed(test, directory);
  await settled(directories);
  const importer = new FakeImporter(errors);
  const checks = new RowChecks(directories, importer);
  test.after(() => {
    checks.dispose();
  });
  return { directory, directories, importer, checks };
}

/** Waits until the file is in this state. */
function inState(directories: ProfileDirectories, path: string, kind: string): Promise<boolean> {
  return eventually(`${path} ${kind}`, () => directories.get(path)?.state.kind === kind);
}

describe('RowChecks', () => {
  it('reads the rows on screen in their order, and no others', async (test) => {
    const names = ['a', 'b', 'c', 'd'].map((path) => named(path));
    const { directory, directories, importer, checks } = await setUp(test, names);
    const shown = [named('c'), named('a')];
    checks.show(shown.map((name) => join(directory, name)));
    await inState(directories, join(directory, named('a')), 'readable');
    assert.deepEqual(importer.read, shown);
  });

  it('reads what arrives without being asked, and what changes again', async (test) => {
    const { directory, directories, importer } = await setUp(test, [named('old')]);
    const path = join(directory, named('new'));
    await writeFile(path, 'x');
    await inState(directories, path, 'readable');
    await appendFile(path, 'more');
    await eventually('the second reading', () => importer.read.length === 2);
    assert.deepEqual(importer.read, [named('new'), named('new')]);
  });

  it('reads the newest first of those whose duration is not in their name', async (test) => {
    const directory = await temporaryDirectory(test);
    for (const [name, time] of [
      ['old.prof', 1_000],
      ['new.prof', 2_000],
    ] as const) {
      await writeFile(join(directory, name), 'x');
      await utimes(join(directory, name), time, time);
    }
    const directories = followed(test, directory);
    await eventually(
      'the times',
      () =>
        directories.entries().length === 2 &&
        directories.entries().every(({ modifiedMs }) => modifiedMs !== undefined),
    );
    const importer = new FakeImporter();
    const checks = new RowChecks(directories, importer);
    test.after(() => {
      checks.dispose();
    });
    checks.show([]);
    await inState(directories, join(directory, 'old.prof'), 'readable');
    assert.deepEqual(importer.read, ['new.prof', 'old.prof']);
  });

  it('says why a file does not read', async (test) => {
    const name = named('shop');
    const broken = new ProfileError('It is garbage.', 'unknownFormat');
    const { directory, directories, checks } = await setUp(test, [name], { [name]: broken });
    const path = join(directory, name);
    checks.show([path]);
    await inState(directories, path, 'unreadable');
    assert.deepEqual(directories.get(path)?.state, {
      kind: 'unreadable',
      reason: 'It is garbage.',
    });
  });

  it('takes a fresh incomplete file to be still being written, an old one not', async (test) => {
    const [fresh, old] = [named('fresh'), named('old')];
    const { directory, directories, checks } = await setUp(test, [fresh, old], {
      [fresh]: INCOMPLETE,
      [old]: INCOMPLETE,
    });
    await utimes(join(directory, old), 1_000, 1_000);
    await directories.rescan();
    checks.show([fresh, old].map((name) => join(directory, name)));
    await inState(directories, join(directory, old), 'unreadable');
    assert.equal(directories.get(join(directory, fresh))?.state.kind, 'writing');
  });

  it('reads a file that was being written as soon as it is complete', async (test) => {
    const name = named('shop');
    const errors: Record<string, ProfileError | undefined> = { [name]: INCOMPLETE };
    const { directory, directories } = await setUp(test, [], errors);
    const path = join(directory, name);
    await writeFile(path, 'half');
    await inState(directories, path, 'writing');
    errors[name] = undefined;
    await appendFile(path, 'whole');
    await inState(directories, path, 'readable');
  });

  it('does not read the temporary file of a request that runs', async (test) => {
    const { directory, directories, importer } = await setUp(test, []);
    const path = join(directory, 'shop.items.1795175664.prof');
    await writeFile(path, 'x');
    await inState(directories, path, 'writing');
    assert.deepEqual(importer.read, []);
  });

  it('looks into files of unknown names and lists those that are profiles', async (test) => {
    const { directories } = await setUp(test, ['dump', 'notes.txt'], {
      'notes.txt': new ProfileError('It is text.', 'unknownFormat'),
    });
    await listed(directories, ['dump']);
    assert.deepEqual(directories.candidates(), []);
  });
});
