import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Emitter } from '../../../../src/profiles/emitter';
import type { ProfilesChange } from '../../../../src/profiles/profileDirectories';
import type { EntryState, ProfileEntry } from '../../../../src/profiles/profileEntry';
import { FollowLatest } from '../../../../src/views/explorer/followLatest';
import { entry } from './support';

const READABLE: EntryState = {
  kind: 'readable',
  summary: {
    format: 'x',
    formatLabel: 'X',
    unit: 'seconds',
    total: 1,
    dataKind: 'callGraph',
    functionCount: 1,
    request: {},
    warnings: [],
  },
};

/** Directories whose content the test decides. */
class FakeDirectories {
  readonly #entries = new Map<string, ProfileEntry>();
  readonly #changes = new Emitter<ProfilesChange>();
  readonly onDidChange = this.#changes.event;

  get(path: string): ProfileEntry | undefined {
    return this.#entries.get(path);
  }

  entries(): readonly ProfileEntry[] {
    return [...this.#entries.values()];
  }

  put(path: string, endedMs: number, state: EntryState, arrives = true): void {
    this.#entries.set(path, entry({ endedMs }, { path, state }));
    this.#changes.fire({ arrived: arrives ? [path] : [] });
  }
}

function setUp(test: TestContext): {
  directories: FakeDirectories;
  opened: string[];
  follow: FollowLatest;
  readonly pass: () => Promise<void>;
} {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  const directories = new FakeDirectories();
  const opened: string[] = [];
  const follow = new FollowLatest(directories, ({ path }) => opened.push(path));
  follow.enabled = true;
  test.after(() => {
    follow.dispose();
  });
  return {
    directories,
    opened,
    follow,
    pass: async () => {
      test.mock.timers.tick(1_000);
      await new Promise(setImmediate);
    },
  };
}

describe('FollowLatest', () => {
  it('opens only the last of a burst', async (test) => {
    const { directories, opened, pass } = setUp(test);
    directories.put('/second', 2_000, READABLE);
    directories.put('/third', 3_000, READABLE);
    await pass();
    assert.deepEqual(opened, ['/third']);
  });

  it('waits until the profile reads', async (test) => {
    const { directories, opened, pass } = setUp(test);
    directories.put('/new', 1_000, { kind: 'unchecked' });
    await pass();
    assert.deepEqual(opened, []);
    directories.put('/new', 1_000, READABLE, false);
    await pass();
    assert.deepEqual(opened, ['/new']);
  });

  it('passes over a profile that does not read', async (test) => {
    const { directories, opened, pass } = setUp(test);
    directories.put('/broken', 1_000, { kind: 'unreadable', reason: 'It is empty.' });
    await pass();
    directories.put('/other', 1_000, READABLE, false);
    await pass();
    assert.deepEqual(opened, []);
  });

  it('opens the latest that is there already, when it is asked to', (test) => {
    const { directories, opened, follow } = setUp(test);
    follow.enabled = false;
    directories.put('/second', 2_000, READABLE);
    directories.put('/first', 1_000, READABLE);
    follow.enabled = true;
    follow.openPresent();
    assert.deepEqual(opened, ['/second']);
  });
});
