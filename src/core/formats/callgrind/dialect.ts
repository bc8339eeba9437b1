import type { Scale } from './events';

/**
 * What the line of a cost is: the one that ran, always the function's first one, or the first one
 * for a function's own cost and the one that ran for a call.
 */
export type LineMeaning = 'executing' | 'definition' | 'call';

/** How one writer uses the format where the format leaves it open. */
export interface Dialect {
  /** Events whose names alone do not tell what they count. */
  readonly scales?: ReadonlyMap<string, Scale>;
  /** `undefined` where the writer is unknown and the file has to show it. */
  readonly lines: LineMeaning | undefined;
  /** Whether functions of one name are told apart by the line of their first cost. */
  readonly definitionLineIdentifies?: boolean;
  /** Whether a block without `fl=` has no file, instead of the one before it. */
  readonly fileEndsWithBlock?: boolean;
  /** Whether costs were cut to whole ticks, so that they add up to less than the summary. */
  readonly cutToTicks?: boolean;
  /** Whether a cost may be negative, as that of a function which freed more than it allocated. */
  readonly hasNegativeCosts?: boolean;
  /** Events of which no sums can be made. */
  readonly meaninglessEvents?: readonly string[];
  /** Matches a function's name that carries its first line, as groups `name` and `line`. */
  readonly namePattern?: RegExp;
}

/** valgrind and all others. */
const general: Dialect = { lines: undefined };

/** django-extensions' `runprofileserver --kcachegrind`, 1.0 to 4.1: whole milliseconds. */
const djangoExtensions: Dialect = {
  scales: new Map([['Ticks', { unit: 'seconds', perUnit: 1e3 }]]),
  lines: 'definition',
  definitionLineIdentifies: true,
  fileEndsWithBlock: true,
  cutToTicks: true,
};

/** pyprof2calltree: `name:line` where the name is not unique in its file. */
const pyprof2calltree: Dialect = {
  lines: 'definition',
  definitionLineIdentifies: true,
  namePattern: /^(?<name>.+):(?<line>\d+)$/,
};

/** yappi's `save(type='callgrind')`: microseconds, and functions named `name file:line`. */
const yappi: Dialect = {
  scales: new Map([['Ticks', { unit: 'seconds', perUnit: 1e6 }]]),
  lines: 'definition',
  namePattern: /^(?<name>.+) [^ ].*:(?<line>\d+)$/,
};

/** pprofile's `--format callgrind`: real lines, and functions named `name:line`. */
const pprofile: Dialect = {
  lines: 'executing',
  meaninglessEvents: ['usphit'],
  namePattern: /^(?<name>.+):(?<line>\d+)$/,
};

/**
 * Xdebug, the profiler of PHP (src/profiler/profiler.c of 2.9 to 3.4): a block for every call, and
 * built-ins in a file that is none. Version 2 counts microseconds, and lets memory be negative.
 */
const xdebug: Dialect = {
  scales: new Map([
    ['Time', { unit: 'seconds', perUnit: 1e6 }],
    ['Time_(10ns)', { unit: 'seconds', perUnit: 1e8 }],
    ['Memory', { unit: 'bytes', perUnit: 1 }],
    ['Memory_(bytes)', { unit: 'bytes', perUnit: 1 }],
  ]),
  lines: 'call',
  hasNegativeCosts: true,
};

/** Hotline's own exports, which say what their lines are: names are those of pyprof2calltree. */
const ownExports: ReadonlyMap<string, Dialect> = new Map([
  ['hotline (first lines)', pyprof2calltree],
  ['hotline (executing lines)', { lines: 'executing' }],
]);

/** Tells the writer by the header lines before the first function, given by their keys. */
export function dialectOf(header: ReadonlyMap<string, string>): Dialect {
  const creator = header.get('creator');
  if (creator === 'yappi') return yappi;
  if (creator === 'pprofile') return pprofile;
  if (creator?.startsWith('xdebug ')) return xdebug;
  const exported = ownExports.get(creator ?? '');
  if (exported) return exported;
  if (creator !== undefined || header.has('version')) return general;
  if (header.get('events') === 'Ticks') return djangoExtensions;
  return header.get('event') === 'ns : Nanoseconds' ? pyprof2calltree : general;
}
