import { readFile, stat, writeFile } from 'node:fs/promises';

/** How the one profile is called that has the samples of all threads. */
const NAME = 'All threads, one after the other';

/** Above this many bytes a recording keeps its threads apart: it is hours long, and parsing it halts others. */
const MOST_BYTES = 100_000_000;

/** What py-spy writes of a thread: stacks, and the seconds of each. */
interface ThreadProfile {
  readonly samples: readonly unknown[];
  readonly weights: readonly number[];
}

/** Puts the threads of a recording by py-spy together, in its file. */
export async function joinThreads(file: string): Promise<void> {
  if ((await stat(file)).size > MOST_BYTES) return;
  await writeFile(file, threadsTogether(await readFile(file, 'utf8')));
}

/**
 * A speedscope document by `py-spy record` with the threads as one: a server that has a thread for
 * each request would else leave hundreds of profiles with a few samples each.
 * @returns the text unchanged where it has one thread at most, or another form
 */
export function threadsTogether(text: string): string {
  const document = JSON.parse(text) as { profiles?: unknown };
  const { profiles } = document;
  if (!Array.isArray(profiles) || profiles.length < 2 || !profiles.every(isThread)) return text;
  const samples = profiles.flatMap((thread) => thread.samples);
  const weights = profiles.flatMap((thread) => thread.weights);
  const all = {
    type: 'sampled',
    name: NAME,
    unit: 'seconds',
    startValue: 0,
    endValue: weights.reduce((sum, weight) => sum + weight, 0),
    samples,
    weights,
  };
  return JSON.stringify({ ...document, profiles: [all], activeProfileIndex: 0 });
}

function isThread(value: unknown): value is ThreadProfile {
  const { type, unit, samples, weights } = (value ?? {}) as Record<string, unknown>;
  return (
    type === 'sampled' && unit === 'seconds' && Array.isArray(samples) && Array.isArray(weights)
  );
}
