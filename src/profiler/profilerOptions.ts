/** How requests are profiled: the settings `hotline.profiler.*`, each by its last name. */
export interface ProfilerOptions {
  readonly mode: 'lines' | 'samples' | 'exact' | 'calls' | 'memory';
  /** Patterns of URL paths. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Whether requests for static and media files are profiled. */
  readonly static: boolean;
  /** Milliseconds; shorter requests leave no file. */
  readonly minimumDuration: number;
  /** Every n-th request is profiled. */
  readonly every: number;
  /** The most files, and bytes of them, that are kept; 0 is no limit. */
  readonly keepFiles: number;
  readonly keepBytes: number;
  /** `cookie:NAME`, `header:NAME` or `query:NAME`, each with an optional `=VALUE`; empty for every request. */
  readonly trigger: string;
  readonly sqlParameters: boolean;
  /** Milliseconds between two samples. */
  readonly interval: number;
}

const modes = ['lines', 'samples', 'exact', 'calls', 'memory'];

/** What every option must be, in words and as a test. */
const checks: Readonly<
  Record<keyof ProfilerOptions, readonly [what: string, is: (value: unknown) => boolean]>
> = {
  mode: ['lines, samples, exact, calls or memory', isMode],
  include: ['a list of patterns without commas', isPatternList],
  exclude: ['a list of patterns without commas', isPatternList],
  static: ['true or false', isBoolean],
  minimumDuration: ['a number of milliseconds', isAmount],
  every: ['a whole number from 1', (value) => isCount(value) && value >= 1],
  keepFiles: ['a whole number', isCount],
  keepBytes: ['a whole number', isCount],
  trigger: ['cookie:NAME, header:NAME or query:NAME', isTrigger],
  sqlParameters: ['true or false', isBoolean],
  interval: ['a number of milliseconds above 0', (value) => isAmount(value) && value > 0],
};

/** The first option of an object, which a person wrote, that is not what it must be; `undefined` when all are. */
export function wrongOption(
  options: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly problem: string } | undefined {
  const known = new Map<string, (typeof checks)[keyof ProfilerOptions]>(Object.entries(checks));
  for (const [name, value] of Object.entries(options)) {
    const check = known.get(name);
    if (!check) {
      return { name, problem: `is not known: known are ${[...known.keys()].join(', ')}` };
    }
    const [what, is] = check;
    if (!is(value)) return { name, problem: `must be ${what}` };
  }
  return undefined;
}

export function isMode(value: unknown): value is ProfilerOptions['mode'] {
  return modes.some((mode) => mode === value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCount(value: unknown): value is number {
  return isAmount(value) && Number.isInteger(value);
}

function isPatternList(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((item) => typeof item === 'string' && !item.includes(','))
  );
}

function isTrigger(value: unknown): boolean {
  return typeof value === 'string' && /^$|^(cookie|header|query):[^=\s]+(=.*)?$/.test(value);
}
