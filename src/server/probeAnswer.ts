import { ServerFailure } from './failures';
import type { ShortProcessResult } from './shortProcess';

/** Begins the line on which a probe answers; a project's settings may print lines of their own. */
export const probeMarker = 'hotline-probe ';

/**
 * The members of the object that a probe answered with.
 * @throws ServerFailure when there is no answer, because the interpreter does not run.
 */
export function probeAnswer(
  result: ShortProcessResult,
  python: readonly string[],
): ReadonlyMap<string, unknown> {
  const answer = readAnswer(result.stdout);
  if (answer) return answer;
  throw new ServerFailure(
    'interpreterMissing',
    `The Python interpreter ${python.join(' ')} does not answer: select another one or repair its environment.`,
    { python },
    { cause: result.stderr },
  );
}

/** The answer in what a probe printed; `undefined` when there is none. */
export function readAnswer(output: string): ReadonlyMap<string, unknown> | undefined {
  const line = output.split(/\r?\n/).findLast((text) => text.startsWith(probeMarker));
  return line === undefined ? undefined : parseObject(line.slice(probeMarker.length));
}

/** Two numbers of a version; Python 3 where it is not told. */
export function majorAndMinor(value: unknown): readonly [number, number] {
  const [major, minor] = list(value);
  return [Number(major ?? 3), Number(minor ?? 0)];
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseObject(json: string): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
