import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { git } from './git';

/** Revisions of a file that are looked at, the latest first. */
const MOST_REVISIONS = 100;

const NEWLINE = 0x0a;

/**
 * The text of a file as it was staged or committed with this very content, as far back as its last
 * hundred commits under this name; `undefined` where there is none.
 *
 * @param sha256 of the file's bytes, in hexadecimal
 * @throws Error when there is no git, or the file is in no repository with a commit
 */
export async function textOfRevision(path: string, sha256: string): Promise<string | undefined> {
  const folder = dirname(path);
  const name = basename(path);
  const revisions = ['rev-list', `--max-count=${MOST_REVISIONS}`, 'HEAD', '--', name];
  const commits = (await git(folder, revisions)).toString('utf8').split('\n').filter(Boolean);
  // A commit without a name before the colon is the index.
  const objects = ['', ...commits].map((commit) => `${commit}:./${name}\n`).join('');
  const blobs = blobsOf(await git(folder, ['cat-file', '--batch'], objects));
  const found = blobs.find((blob) => createHash('sha256').update(blob).digest('hex') === sha256);
  return found && new TextDecoder().decode(found);
}

/**
 * The blobs in what `git cat-file --batch` answers: for each object `<id> blob <size>`, its content
 * and a newline, or one line that says what is wrong.
 */
function blobsOf(answer: Buffer): Buffer[] {
  const blobs: Buffer[] = [];
  let position = 0;
  while (position < answer.length) {
    const end = answer.indexOf(NEWLINE, position);
    if (end < 0) break;
    const [, size] = / blob (\d+)$/.exec(answer.toString('latin1', position, end)) ?? [];
    position = end + 1;
    if (size === undefined) continue;
    blobs.push(answer.subarray(position, position + Number(size)));
    position += Number(size) + 1;
  }
  return blobs;
}
