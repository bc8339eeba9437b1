import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ProfileSummary } from '../../../src/profiles/importerApi';
import { ProfileDirectories } from '../../../src/profiles/profileDirectories';
import type { ProfileEntry } from '../../../src/profiles/profileEntry';

export const TEMPLATE = '{path}.{duration:06d}ms.{time}';

const PATIENCE_MS = 20_000;

/** A directory of its own for a test, removed after it. */
export async function temporaryDirectory(test: TestContext): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'hotline-test-')));
  test.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Follows directories until the test ends; fails it when anything is reported to the log. */
export function followed(test: TestContext, ...paths: string[]): ProfileDirectories {
  const directories = new ProfileDirectories((message, error) => {
    throw new Error(message, { cause: error });
  });
  test.after(() => {
    directories.dispose();
  });
  directories.setDirectories(paths.map((path) => ({ path, template: TEMPLATE })));
  return directories;
}

/** Waits until the answer is there. */
export async function eventually<T>(what: string, ask: () => T | undefined): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) assert.fail(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until exactly these files are listed. */
export async function listed(directories: ProfileDirectories, names: string[]): Promise<void> {
  const wanted = JSON.stringify([...names].sort());
  const actual = (): string =>
    JSON.stringify(
      directories
        .entries()
        .map(({ name }) => name)
        .sort(),
    );
  try {
    await eventually(wanted, () => actual() === wanted);
  } catch {
    assert.equal(actual(), wanted);
  }
}

/** Waits until every directory was listed, or found not to be. */
export function settled(directories: ProfileDirectories): Promise<boolean> {
  return eventually('the first listing', () =>
    directories.directories().every(({ state }) => state.kind !== 'listing'),
  );
}

export const SUMMARY: ProfileSummary = {
  format: 'pstats',
  formatLabel: 'Python pstats',
  unit: 'seconds',
  total: 0.25,
  dataKind: 'callGraph',
  functionCount: 12,
  request: {},
  warnings: [],
};

/** An entry that was looked at and not read. */
export function entry(name: string, facts: ProfileEntry['request']['facts'] = {}): ProfileEntry {
  return {
    path: `/profiles/${name}`,
    directory: '/profiles',
    name,
    request: { facts, sources: {} },
    modifiedMs: 1_000,
    size: 10,
    state: { kind: 'unchecked' },
  };
}
