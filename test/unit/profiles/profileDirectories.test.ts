import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import {
  appendFile,
  chmod,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ProfileDirectories } from '../../../src/profiles/profileDirectories';
import { eventually, followed, listed, settled, SUMMARY, temporaryDirectory } from './support';

const FAST = 'shop.000012ms.1795175664.prof';
const SLOW = 'shop.items.001250ms.1795175665.prof';
const ANY = 'something.prof';

const NOBODY = 65_534;

/** Collects the names of what arrives from now on. */
function arrivals(directories: ProfileDirectories): string[] {
  const names: string[] = [];
  directories.onDidChange(({ arrived }) => {
    names.push(...arrived.map((path) => directories.get(path)?.name ?? path));
  });
  return names;
}

/** Runs an action as a user whom permissions bind, which root is not; `change` does one thing as before. */
async function asUnprivileged(
  action: (change: (step: () => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const become = (user: number): void => {
    if (process.getuid?.() === 0) process.seteuid?.(user);
  };
  try {
    become(NOBODY);
    await action(async (step) => {
      become(0);
      await step();
      become(NOBODY);
    });
  } finally {
    become(0);
  }
}

describe('ProfileDirectories', () => {
  it('lists what is there, with what the names tell', async (test) => {
    const directory = await temporaryDirectory(test);
    await writeFile(join(directory, SLOW), 'x');
    await mkdir(join(directory, 'folder.prof'));
    const directories = followed(test, directory);
    const arrived = arrivals(directories);
    await listed(directories, [SLOW]);
    const { facts } = directories.get(join(directory, SLOW))?.request ?? {};
    assert.deepEqual(facts, {
      path: 'shop.items',
      durationMs: 1250,
      endedMs: 1_795_175_665_000,
    });
    assert.deepEqual(arrived, []);
  });

  it('takes the time of a file whose name tells none', async (test) => {
    const directory = await temporaryDirectory(test);
    await writeFile(join(directory, ANY), 'x');
    await utimes(join(directory, ANY), 1_700_000_000, 1_700_000_000);
    const directories = followed(test, directory);
    const request = await eventually('its time', () => {
      const known = directories.get(join(directory, ANY))?.request;
      return known?.facts.endedMs === undefined ? undefined : known;
    });
    assert.equal(request.facts.endedMs, 1_700_000_000_000);
    assert.deepEqual(request.sources.endedMs, { from: 'modificationTime' });
  });

  it('tells of a new file once, and of the same file when it is written again', async (test) => {
    const directory = await temporaryDirectory(test);
    const directories = followed(test, directory);
    await settled(directories);
    const arrived = arrivals(directories);
    await writeFile(join(directory, ANY), 'one');
    await eventually('the new file', () => arrived.length === 1);
    await writeFile(join(directory, ANY), 'another');
    await eventually('the file written again', () => arrived.length === 2);
    assert.deepEqual(arrived, [ANY, ANY]);
  });

  it('follows the rename with which runprofileserver ends a request', async (test) => {
    const directory = await temporaryDirectory(test);
    const directories = followed(test, directory);
    await settled(directories);
    const arrived = arrivals(directories);
    const temporary = join(directory, 'shop.items.1795175664.prof');
    await writeFile(temporary, 'x');
    await rename(temporary, join(directory, SLOW));
    await listed(directories, [SLOW]);
    await eventually('the arrival', () => arrived.includes(SLOW));
    assert.deepEqual(arrived, [SLOW]);
  });

  it('follows deletions', async (test) => {
    const directory = await temporaryDirectory(test);
    await Promise.all([FAST, SLOW].map((name) => writeFile(join(directory, name), 'x')));
    const directories = followed(test, directory);
    await listed(directories, [FAST, SLOW]);
    await rm(join(directory, FAST));
    await listed(directories, [SLOW]);
  });

  it('forgets what it knew of a file that was truncated or grew', async (test) => {
    const directory = await temporaryDirectory(test);
    const path = join(directory, SLOW);
    await writeFile(path, 'whole');
    const directories = followed(test, directory);
    await listed(directories, [SLOW]);
    for (const change of [() => truncate(path, 2), () => appendFile(path, 'more')]) {
      await directories.look(path);
      const before = directories.get(path);
      assert.ok(before);
      directories.setState(before, { kind: 'readable', summary: SUMMARY });
      assert.equal(directories.get(path)?.state.kind, 'readable');
      await change();
      await eventually('the change', () => directories.get(path)?.state.kind === 'unchecked');
    }
  });

  it('ignores a verdict on a file that has changed since', async (test) => {
    const directory = await temporaryDirectory(test);
    const path = join(directory, SLOW);
    await writeFile(path, 'half');
    const directories = followed(test, directory);
    await listed(directories, [SLOW]);
    await directories.look(path);
    const half = directories.get(path);
    await appendFile(path, 'whole');
    await directories.rescan();
    assert.ok(half);
    directories.setState(half, { kind: 'unreadable', reason: 'It ends too early.' });
    assert.equal(directories.get(path)?.state.kind, 'unchecked');
  });

  it('waits for a directory, several levels deep, and for its return', async (test) => {
    const parent = await temporaryDirectory(test);
    const directory = join(parent, 'project', '.hotline');
    const directories = followed(test, directory);
    await settled(directories);
    assert.deepEqual(directories.directories(), [{ path: directory, state: { kind: 'missing' } }]);
    for (let round = 0; round < 2; round++) {
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, SLOW), 'x');
      await listed(directories, [SLOW]);
      await rm(join(parent, 'project'), { recursive: true });
      await listed(directories, []);
      await eventually('its loss', () => directories.directories()[0]?.state.kind === 'missing');
    }
  });

  it('follows a directory that another one is put in the place of', async (test) => {
    const parent = await temporaryDirectory(test);
    const directory = join(parent, 'profiles');
    await mkdir(directory);
    const directories = followed(test, directory);
    await settled(directories);
    await rename(directory, join(parent, 'old'));
    await mkdir(directory);
    await writeFile(join(directory, FAST), 'x');
    await listed(directories, [FAST]);
    await writeFile(join(directory, SLOW), 'x');
    await listed(directories, [FAST, SLOW]);
  });

  it('follows a directory behind a symbolic link', async (test) => {
    const parent = await temporaryDirectory(test);
    await mkdir(join(parent, 'real'));
    await symlink(join(parent, 'real'), join(parent, 'link'));
    const directories = followed(test, join(parent, 'link'));
    await settled(directories);
    await writeFile(join(parent, 'real', SLOW), 'x');
    await listed(directories, [SLOW]);
  });

  it('says when a directory is none', async (test) => {
    const parent = await temporaryDirectory(test);
    await writeFile(join(parent, 'file'), 'x');
    const directories = followed(test, join(parent, 'file'), join(parent, 'file', 'below'));
    await settled(directories);
    const problem = { kind: 'problem', reason: 'is not a directory.' };
    assert.deepEqual(
      directories.directories().map(({ state }) => state),
      [problem, problem],
    );
  });

  it('says when the permission is lost, and recovers', async (test) => {
    const directory = await temporaryDirectory(test);
    await writeFile(join(directory, SLOW), 'x');
    await asUnprivileged(async (change) => {
      await change(() => chmod(directory, 0o777));
      const directories = followed(test, directory);
      await listed(directories, [SLOW]);
      await change(() => chmod(directory, 0o000));
      await eventually('the problem', () => directories.directories()[0]?.state.kind === 'problem');
      assert.deepEqual(directories.directories()[0]?.state, {
        kind: 'problem',
        reason: 'cannot be listed: you have no permission.',
      });
      await listed(directories, []);
      await change(() => chmod(directory, 0o777));
      await listed(directories, [SLOW]);
    });
  });

  it('lists a file of an unknown name only when it turns out to be a profile', async (test) => {
    const directory = await temporaryDirectory(test);
    for (const name of ['notes.txt', 'dump', 'empty']) {
      await writeFile(join(directory, name), name === 'empty' ? '' : 'x');
    }
    await writeFile(join(directory, '.hidden.prof'), 'x');
    await writeFile(join(directory, 'x.prof.tmp'), 'x');
    const directories = followed(test, directory);
    await eventually('the candidates', () => {
      const names = directories.candidates().map(({ name }) => name);
      return names.sort().join() === 'dump,notes.txt';
    });
    assert.deepEqual(directories.entries(), []);
    const [dump, notes] = ['dump', 'notes.txt'].map((name) =>
      directories.get(join(directory, name)),
    );
    assert.ok(dump && notes);
    directories.setState(dump, { kind: 'readable', summary: SUMMARY });
    assert.equal(directories.dismiss(notes), true);
    await listed(directories, ['dump']);
    assert.deepEqual(directories.candidates(), []);
    assert.equal(directories.dismiss(dump), false);
  });

  it('restores slashes when the list of URLs comes', async (test) => {
    const directory = await temporaryDirectory(test);
    await writeFile(join(directory, SLOW), 'x');
    const directories = followed(test, directory);
    await listed(directories, [SLOW]);
    directories.setUrlTemplates(['/shop/', '/shop/items']);
    const request = directories.get(join(directory, SLOW))?.request;
    assert.equal(request?.facts.path, '/shop/items');
    assert.deepEqual(request.sources.path, { from: 'urlList' });
  });

  it('makes the first directory and keeps it out of git, but touches nobody else’s', async (test) => {
    const parent = await temporaryDirectory(test);
    const [own, foreign] = [join(parent, 'own', '.hotline'), join(parent, 'foreign')];
    assert.equal(await followed(test, own).ensureFirst(), own);
    assert.equal(await readFile(join(own, '.gitignore'), 'utf8'), '*\n');
    await mkdir(foreign);
    await writeFile(join(foreign, FAST), 'x');
    assert.equal(await followed(test, foreign).ensureFirst(), foreign);
    assert.ok(!existsSync(join(foreign, '.gitignore')));
    await assert.rejects(followed(test).ensureFirst(), /choose one/);
  });

  it('follows other directories when told to, and keeps those that stay', async (test) => {
    const [first, second] = [await temporaryDirectory(test), await temporaryDirectory(test)];
    await writeFile(join(first, FAST), 'x');
    await writeFile(join(second, SLOW), 'x');
    const directories = followed(test, first);
    await listed(directories, [FAST]);
    const kept = directories.get(join(first, FAST));
    const template = '{path}.{duration:06d}ms.{time}';
    directories.setDirectories([first, second].map((path) => ({ path, template })));
    await listed(directories, [FAST, SLOW]);
    assert.equal(directories.get(join(first, FAST)), kept);
    directories.setDirectories([{ path: second, template }]);
    await listed(directories, [SLOW]);
  });
});
