import { setTimeout as sleep } from 'node:timers/promises';

/** How long the harness waits for anything: generous, as several things may share the machine. */
export const PATIENCE_MS = 90_000;

/**
 * Asks again and again until there is an answer.
 * @param what what is waited for, as it is to read in the error
 * @param ask answers `undefined` for *not yet*
 */
export async function poll<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Waited ${patienceMs} ms for ${what}.`);
    await sleep(100);
  }
}
