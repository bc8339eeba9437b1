import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { textOfRevision } from '../../../src/platform/gitHistory';

const FIRST = 'def view():\n    return "é"\n';
const SECOND = '# new\n\n' + FIRST;
const STAGED = `${SECOND}\n# staged\n`;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('a file in its git history', () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hotline-git-'));
    file = join(folder, 'views [1].py');
    const git = (...args: string[]): void => {
      const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
      execFileSync('git', [...person, ...args], { cwd: folder, stdio: 'ignore' });
    };
    git('init');
    for (const text of [FIRST, SECOND]) {
      writeFileSync(file, text);
      git('add', '.');
      git('commit', '-m', 'x');
    }
    writeFileSync(file, STAGED);
    git('add', '.');
    writeFileSync(file, 'not in git\n');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is found by its content, committed or staged', async () => {
    for (const text of [FIRST, SECOND, STAGED]) {
      assert.equal(await textOfRevision(file, sha256(text)), text);
    }
  });

  it('is not found where it never had that content', async () => {
    assert.equal(await textOfRevision(file, sha256('not in git\n')), undefined);
  });

  it('is refused where there is no repository', async () => {
    await assert.rejects(textOfRevision(join(tmpdir(), 'none', 'views.py'), sha256(FIRST)));
  });
});
