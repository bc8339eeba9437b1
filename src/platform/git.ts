import { execFile } from 'node:child_process';

const LIMITS = { timeout: 10_000, maxBuffer: 64 * 2 ** 20 };

/** Takes no lock that the user may need, asks for nothing and fetches nothing. */
const QUIET = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' };

/**
 * What a git command prints. Git runs what the configuration of a repository names, so that it is to
 * be asked in trusted workspaces only.
 *
 * @param folder in which it runs
 * @param input what it reads
 * @throws Error when there is no git, or the command fails
 */
export function git(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...LIMITS, cwd: folder, env: { ...process.env, ...QUIET } };
    const child = execFile(
      'git',
      ['--literal-pathspecs', ...args],
      { ...options, encoding: 'buffer' },
      (error, output) => {
        if (error) reject(new Error(error.message, { cause: error }));
        else resolve(output);
      },
    );
    // git may end before it has read everything; what it says then is told by the callback.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
