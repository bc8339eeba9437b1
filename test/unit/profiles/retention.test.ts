import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ProfileError } from '../../../src/core/model/errors';
import type { ProfileEntry } from '../../../src/profiles/profileEntry';
import { excessProfiles, isLimited, type RetentionLimits } from '../../../src/profiles/retention';
import { RetentionRun, type RetentionHost } from '../../../src/profiles/retentionRun';
import { entry, eventually, followed, settled, SUMMARY, temporaryDirectory } from './support';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const NONE: RetentionLimits = { maxFiles: 0, maxAge: 0, maxSize: 0 };

function aged(name: string, days: number, rest: Partial<ProfileEntry> = {}): ProfileEntry {
  const endedMs = NOW - days * DAY;
  return { ...entry(name, { endedMs }), modifiedMs: endedMs, size: 1024 * 1024, ...rest };
}

function excess(entries: ProfileEntry[], limits: Partial<RetentionLimits>): string[] {
  return excessProfiles(entries, { ...NONE, ...limits }, NOW).map(
    ({ entry: { name }, limit }) => `${name} ${limit}`,
  );
}

describe('excessProfiles', () => {
  const profiles = [aged('b', 2), aged('d', 4), aged('a', 1), aged('c', 3)];

  it('are none without limits', () => {
    assert.equal(isLimited(NONE), false);
    assert.deepEqual(excess(profiles, {}), []);
  });

  it('are the oldest, from the oldest on', () => {
    assert.deepEqual(excess(profiles, { maxFiles: 2 }), ['d maxFiles', 'c maxFiles']);
    assert.deepEqual(excess(profiles, { maxAge: 1.5 }), ['d maxAge', 'c maxAge', 'b maxAge']);
    assert.deepEqual(excess(profiles, { maxSize: 3 }), ['d maxSize']);
    assert.deepEqual(excess(profiles, { maxFiles: 3, maxAge: 3.5 }), ['d maxAge']);
  });

  it('are not those whose file is younger than the request', () => {
    const copied = aged('copied', 30, { modifiedMs: NOW });
    assert.deepEqual(excess([...profiles, copied], { maxAge: 3.5 }), ['d maxAge']);
  });

  it('neither are nor count what is no profile, or was not looked at', () => {
    const broken = aged('broken', 9, { state: { kind: 'unreadable', reason: 'It is text.' } });
    const unknown = aged('unknown', 9, { modifiedMs: undefined });
    assert.deepEqual(excess([...profiles, broken, unknown], { maxFiles: 4 }), []);
  });
});

interface Made {
  readonly directory: string;
  readonly said: string[];
  readonly run: RetentionRun;
}

/** A directory with `names`, the oldest first, and a retention that keeps one of them. */
async function made(
  test: TestContext,
  names: readonly string[],
  host: Partial<RetentionHost> = {},
): Promise<Made> {
  const directory = await temporaryDirectory(test);
  for (const [index, name] of names.entries()) {
    writeFileSync(join(directory, name), name.startsWith('text') ? 'text' : 'profile');
    utimesSync(join(directory, name), 1_000 + index, 1_000 + index);
  }
  const directories = followed(test, directory);
  await settled(directories);
  const said: string[] = [];
  const run = new RetentionRun(
    {
      directories,
      importer: {
        summary: (path) =>
          path.includes('text')
            ? Promise.reject(new ProfileError('It is text.', 'unknownFormat'))
            : Promise.resolve(SUMMARY),
      },
      limits: () => ({ ...NONE, maxFiles: 1 }),
      inUse: () => new Set(),
      report: (message) => said.push(message),
      ...host,
    },
    0,
  );
  test.after(() => {
    run.dispose();
  });
  return { directory, said, run };
}

describe('RetentionRun', () => {
  it('deletes the oldest profiles and says so', async (test) => {
    const { directory, said } = await made(test, ['a.prof', 'b.prof', 'c.prof']);
    await eventually('the deletion', () => said.length === 3);
    assert.deepEqual(readdirSync(directory), ['c.prof']);
    assert.deepEqual(said, [
      `Retention deleted ${join(directory, 'a.prof')}: hotline.retention.maxFiles is 1.`,
      `Retention deleted ${join(directory, 'b.prof')}: hotline.retention.maxFiles is 1.`,
      `Retention deleted 2 profiles of ${directory}.`,
    ]);
  });

  it('keeps what is no profile, and what is open', async (test) => {
    let open = '';
    const { directory, said } = await made(
      test,
      ['text.prof', 'open.prof', 'old.prof', 'new.prof'],
      { inUse: () => new Set([open]) },
    );
    open = join(directory, 'open.prof');
    await eventually('the deletion', () => said.length === 2);
    assert.deepEqual(readdirSync(directory).sort(), ['new.prof', 'open.prof', 'text.prof']);
  });

  it('follows no link out of the directory', async (test) => {
    const elsewhere = join(await temporaryDirectory(test), 'elsewhere.prof');
    writeFileSync(elsewhere, 'profile');
    utimesSync(elsewhere, 1, 1);
    let limits = NONE;
    const { directory, said, run } = await made(test, ['a.prof', 'b.prof', 'c.prof'], {
      limits: () => limits,
    });
    symlinkSync(elsewhere, join(directory, 'link.prof'));
    mkdirSync(join(directory, 'folder'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    limits = { ...NONE, maxFiles: 1 };
    run.request();
    await eventually('the deletion', () => said.length === 3);
    assert.ok(existsSync(elsewhere));
    assert.deepEqual(readdirSync(directory).sort(), ['c.prof', 'folder', 'link.prof']);
  });

  it('deletes nothing where it may not, as in an untrusted workspace', async (test) => {
    let asked = 0;
    const { directory } = await made(test, ['a.prof', 'b.prof'], {
      limits: () => {
        asked++;
        return undefined;
      },
    });
    await eventually('the question', () => asked > 0);
    assert.deepEqual(readdirSync(directory), ['a.prof', 'b.prof']);
  });
});
