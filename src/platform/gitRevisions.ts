import { git } from './git';

/** Commits that are offered, the latest first. */
const MOST_COMMITS = 200;

/** Moves of HEAD that are looked at, the latest first. */
const MOST_MOVES = 2_000;

/** Between the fields of a commit; no subject has one. */
const FIELD = '%x1f';
const SEPARATOR = '\x1f';

/** A commit, and when its code came into the working tree. */
export interface Revision {
  readonly commit: string;
  /** First line of the message. */
  readonly subject: string;
  /** Milliseconds since the Unix epoch; whole seconds, as git has them. */
  readonly committedMs: number;
  /**
   * When HEAD first moved to it in this clone, by committing, checking out, pulling or the like;
   * `undefined` where the reflog does not tell.
   */
  readonly checkedOutMs: number | undefined;
}

/**
 * The last commits up to HEAD, the latest first.
 *
 * @throws Error when there is no git, or the folder is in no repository with a commit
 */
export async function recentRevisions(folder: string): Promise<Revision[]> {
  const fields = ['%H', '%ct', '%s'].join(FIELD);
  const [log, moves] = await Promise.all([
    git(folder, ['log', '-z', `--max-count=${MOST_COMMITS}`, `--format=${fields}`, 'HEAD', '--']),
    firstCheckouts(folder),
  ]);
  return recordsOf(log).map(([commit = '', seconds, ...subject]) => ({
    commit,
    subject: subject.join(SEPARATOR),
    committedMs: Number(seconds) * 1000,
    checkedOutMs: moves.get(commit),
  }));
}

/** When HEAD first was at each of the commits that the reflog has, by their hashes. */
async function firstCheckouts(folder: string): Promise<Map<string, number>> {
  const format = `--format=%H${FIELD}%gd`;
  const args = ['log', '-z', '--walk-reflogs', '--date=unix', `--max-count=${MOST_MOVES}`, format];
  // A repository may keep no reflog.
  const log = await git(folder, [...args, 'HEAD', '--']).catch(() => Buffer.alloc(0));
  const moves = new Map<string, number>();
  for (const [commit, selector] of recordsOf(log)) {
    const seconds = /@\{(\d+)\}$/.exec(selector ?? '')?.[1];
    // The latest stand first, so that the earliest is what remains.
    if (commit !== undefined && seconds !== undefined) moves.set(commit, Number(seconds) * 1000);
  }
  return moves;
}

function recordsOf(output: Buffer): string[][] {
  const records = output.toString('utf8').split('\0');
  return records.filter((record) => record !== '').map((record) => record.split(SEPARATOR));
}
