/** How one writer uses the format where the format leaves it open. */
export interface Dialect {
  /** Ticks in a second, for events that are called `Ticks`. */
  readonly ticksPerSecond?: number;
  /**
   * What the line of a cost is: the one that ran, always the function's first one, or `undefined`
   * where the writer is unknown and the file has to show it.
   */
  readonly lines: 'executing' | 'definition' | undefined;
  /** Whether functions of one name are told apart by the line of their first cost. */
  readonly definitionLineIdentifies?: boolean;
  /** Whether a block without `fl=` has no file, instead of the one before it. */
  readonly fileEndsWithBlock?: boolean;
  /** Whether costs were cut to whole ticks, so that they add up to less than the summary. */
  readonly cutToTicks?: boolean;
  /** Events that say nothing that the others do not. */
  readonly derivedEvents?: readonly string[];
  /** Matches a function's name that carries its first line, as groups `name` and `line`. */
  readonly namePattern?: RegExp;
}

/** valgrind and all others. */
const general: Dialect = { lines: undefined };

/** django-extensions' `runprofileserver --kcachegrind`, 1.0 to 4.1: whole milliseconds. */
const djangoExtensions: Dialect = {
  ticksPerSecond: 1e3,
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
  ticksPerSecond: 1e6,
  lines: 'definition',
  namePattern: /^(?<name>.+) [^ ].*:(?<line>\d+)$/,
};

/** pprofile's `--format callgrind`: real lines, and functions named `name:line`. */
const pprofile: Dialect = {
  lines: 'executing',
  derivedEvents: ['usphit'],
  namePattern: /^(?<name>.+):(?<line>\d+)$/,
};

/** Tells the writer by the header lines before the first function, given by their keys. */
export function dialectOf(header: ReadonlyMap<string, string>): Dialect {
  const creator = header.get('creator');
  if (creator === 'yappi') return yappi;
  if (creator === 'pprofile') return pprofile;
  if (creator !== undefined || header.has('version')) return general;
  if (header.get('events') === 'Ticks') return djangoExtensions;
  return header.get('event') === 'ns : Nanoseconds' ? pyprof2calltree : general;
}
