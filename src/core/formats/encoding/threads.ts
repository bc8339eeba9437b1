import { tooMany } from '../failures';

/** Far more than any process has; each takes a hundred times the memory of its text. */
const maximumThreads = 10_000;

/** @throws ProfileError where a file has too many threads */
export function checkThreads(count: number): void {
  if (count > maximumThreads) throw tooMany(maximumThreads, 'threads');
}
