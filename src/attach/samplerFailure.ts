/** Why a sampler could not sample. */
export type FailureKind =
  /** The process has ended. */
  | 'gone'
  /** The system does not let it look into the process. */
  | 'permission'
  /** The process runs no Python that the sampler knows. */
  | 'notPython'
  /** It ran, and saw no thread at work. */
  | 'nothingRan'
  | 'other';

export class SamplerFailure extends Error {
  override readonly name = 'SamplerFailure';

  /** @param output What the sampler wrote, for the log. */
  constructor(
    readonly kind: FailureKind,
    readonly output: string,
  ) {
    super(reasonIn(output));
  }
}

/** austin's exit codes for what it cannot attach to (`src/error.h`). */
const AUSTIN_CODES: ReadonlyMap<number, FailureKind> = new Map([
  [32, 'notPython'],
  [36, 'gone'],
  [37, 'permission'],
  [38, 'gone'],
]);

/** What py-spy and austin say, in the order in which it counts: py-spy tells several causes at once. */
const SENTENCES: readonly [RegExp, FailureKind][] = [
  [
    /permission denied|not permitted|not enough permission|insufficient|requires root|access is denied|os error (?:1|13|5)\)/i,
    'permission',
  ],
  [/no such process|os error (?:3|87)\)|process is (?:still )?running/i, 'gone'],
  [
    /find python version|not a python process|no python processes found|find libpython/i,
    'notPython',
  ],
];

/**
 * What a sampler's failure means.
 * @param code its exit code
 * @param output what it wrote, standard error included
 */
export function failureKind(code: number | undefined, output: string): FailureKind {
  const told = SENTENCES.find(([sentence]) => sentence.test(output))?.[1];
  return told ?? AUSTIN_CODES.get(code ?? 0) ?? 'other';
}

/** Whether py-spy has recorded no sample at all, as of a process whose threads all wait. */
export function sawNothing(output: string): boolean {
  return /\bSamples: 0\b/.test(output);
}

/** The first line that says something, without the name of the tool. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const told = lines.find((line) => /^Error: /.test(line)) ?? lines.find((line) => line !== '');
  return told?.replace(/^Error: /, '') ?? 'it said nothing';
}
