import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { recentRevisions } from '../../../src/platform/gitRevisions';

const FIRST_SECONDS = 1_700_000_000;
const SECOND_SECONDS = 1_700_000_500;
const MERGED_SECONDS = 1_700_009_000;

describe('the last commits of a repository', () => {
  let folder: string;

  /** Runs git at a moment, as which both the commit and the move of HEAD are written down. */
  const git = (seconds: number, ...args: string[]): void => {
    const date = `@${seconds} +0000`;
    const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', [...person, ...args], { cwd: folder, stdio: 'ignore', env });
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hotline-revisions-'));
    git(FIRST_SECONDS, 'init', '--initial-branch=main');
    git(FIRST_SECONDS, 'commit', '--allow-empty', '-m', 'Shop: "first" | é\n\nbody');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('tells subject and time, and that HEAD came there by committing', async () => {
    const [first, ...others] = await recentRevisions(folder);
    assert.deepEqual(others, []);
    assert.match(first?.commit ?? '', /^[0-9a-f]{40}$/);
    assert.equal(first?.subject, 'Shop: "first" | é');
    assert.equal(first.committedMs, FIRST_SECONDS * 1000);
    assert.equal(first.checkedOutMs, FIRST_SECONDS * 1000);
  });

  it('tells when a commit was checked out that was made elsewhere', async () => {
    git(FIRST_SECONDS, 'branch', 'other');
    git(FIRST_SECONDS, 'worktree', 'add', 'elsewhere', 'other');
    const elsewhere = ['-C', join(folder, 'elsewhere')];
    git(SECOND_SECONDS, ...elsewhere, 'commit', '--allow-empty', '-m', 'faster query');
    git(MERGED_SECONDS, 'merge', '--ff-only', 'other');
    const revisions = await recentRevisions(folder);
    assert.deepEqual(
      revisions.map(({ subject, committedMs, checkedOutMs }) => [
        subject,
        committedMs / 1000,
        (checkedOutMs ?? NaN) / 1000,
      ]),
      [
        ['faster query', SECOND_SECONDS, MERGED_SECONDS],
        ['Shop: "first" | é', FIRST_SECONDS, FIRST_SECONDS],
      ],
    );
  });

  it('tells the commits of a repository without a reflog', async () => {
    rmSync(join(folder, '.git', 'logs'), { recursive: true });
    const revisions = await recentRevisions(folder);
    assert.deepEqual(
      revisions.map(({ checkedOutMs }) => checkedOutMs),
      [undefined, undefined],
    );
  });

  it('refuses a folder that is in no repository', async () => {
    await assert.rejects(recentRevisions(join(tmpdir(), 'none')));
  });
});
