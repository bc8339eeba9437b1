/** Programs that the tests start, and that do not outlive them. */
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const MINUTE_MS = 60_000;

/** When everything that still runs is ended and counted as failed. */
export const deadline = AbortSignal.timeout(24 * MINUTE_MS);

/**
 * Runs a program as the head of a process group. The group ends with the program, at the deadline
 * and when this process is interrupted.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether it ended well
 */
export function runGroup(program, args, env) {
  const detached = process.platform !== 'win32';
  const child = spawn(program, args, { cwd: root, env, detached, stdio: ['ignore', 1, 2] });
  const end = () => {
    if (detached && child.pid !== undefined) killGroup(child.pid);
    else child.kill();
  };
  const interrupt = () => {
    end();
    process.exit(130);
  };
  deadline.addEventListener('abort', end, { once: true });
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      deadline.removeEventListener('abort', end);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      end();
      resolve(code === 0);
    });
  });
}

/** @param {number} head */
function killGroup(head) {
  try {
    process.kill(-head, 'SIGKILL');
  } catch (error) {
    // Nothing is left of it, as it should be.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
