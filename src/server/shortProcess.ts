import { execFile } from 'node:child_process';

export interface ShortProcessOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** After these milliseconds it is killed. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface ShortProcessResult {
  /** `undefined` where the program could not be started at all or was killed. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The most output that is kept; a program that writes more is killed. */
const maximumOutputBytes = 16 * 1024 * 1024;

/** Runs a program without a shell to its end and gives its output; never rejects. */
export function runShortProcess(
  [program = '', ...rest]: readonly string[],
  { cwd, environment, timeoutMs, signal }: ShortProcessOptions,
): Promise<ShortProcessResult> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      rest,
      {
        cwd,
        env: environment,
        timeout: timeoutMs,
        maxBuffer: maximumOutputBytes,
        windowsHide: true,
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        resolve({
          code: typeof code === 'number' ? code : undefined,
          stdout,
          stderr: stderr || (error?.message ?? ''),
        });
      },
    );
    child.stdin?.end();
  });
}
