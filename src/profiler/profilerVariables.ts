import { posix, win32 } from 'node:path';
import type { ProfilerOptions } from './profilerOptions';

/** All that the profiler is told. */
export interface ProfilerFacts {
  /** Absolute directory of the profiles. */
  readonly directory: string;
  readonly fileNameTemplate: string;
  /** Absolute folders of the user's own code. */
  readonly sourceRoots: readonly string[];
  readonly options: ProfilerOptions;
  readonly platform: NodeJS.Platform;
}

/** What brings the profiler into a Python process. */
export interface ProfilerVariables {
  /** The folder that comes first in PYTHONPATH; its sitecustomize is run by every Python. */
  readonly bootstrap: string;
  /** The variables that tell the profiler what to do, `HOTLINE_...`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The `HOTLINE_...` variables; options that are empty, off or without limit have none. */
export function hotlineVariables(facts: ProfilerFacts): Record<string, string> {
  const { options } = facts;
  const entries: readonly (readonly [string, string])[] = [
    ['DIRECTORY', facts.directory],
    ['FILE_NAME', facts.fileNameTemplate],
    ['SOURCE_ROOTS', facts.sourceRoots.join(delimiter(facts.platform))],
    ['MODE', options.mode],
    ['INTERVAL', String(options.interval)],
    ['INCLUDE', options.include.join(',')],
    ['EXCLUDE', options.exclude.join(',')],
    ['STATIC', flag(options.static)],
    ['MINIMUM_DURATION', amount(options.minimumDuration)],
    ['EVERY', options.every > 1 ? String(options.every) : ''],
    ['KEEP_FILES', amount(options.keepFiles)],
    ['KEEP_BYTES', amount(options.keepBytes)],
    ['TRIGGER', options.trigger],
    ['SQL_PARAMETERS', flag(options.sqlParameters)],
  ];
  const set = entries.filter(([, value]) => value !== '');
  return Object.fromEntries(set.map(([name, value]) => [`HOTLINE_${name}`, value]));
}

/** The settings that leave requests without a profile. */
const choosing: readonly (readonly [variable: string, setting: string, which: string])[] = [
  ['HOTLINE_TRIGGER', 'trigger', 'that carry'],
  ['HOTLINE_INCLUDE', 'include', 'whose path matches'],
  ['HOTLINE_EXCLUDE', 'exclude', 'whose path does not match'],
  ['HOTLINE_MINIMUM_DURATION', 'minimumDuration', 'that take this many milliseconds:'],
  ['HOTLINE_EVERY', 'every', 'that are counted in steps of'],
];

/** A sentence for every setting by which not all requests leave a profile. */
export function selectionNotes({ variables }: ProfilerVariables): string[] {
  return choosing.flatMap(([variable, setting, which]) => {
    const value = variables[variable];
    return value === undefined
      ? []
      : [`Only requests ${which} ${value} leave a profile (hotline.profiler.${setting}).`];
  });
}

/** PYTHONPATH with the profiler's folder first, once. An empty item would mean the current directory. */
export function pythonPath(
  bootstrap: string,
  existing: string | undefined,
  platform: NodeJS.Platform,
): string {
  const others = existing ? existing.split(delimiter(platform)) : [];
  return [bootstrap, ...others.filter((path) => path !== bootstrap)].join(delimiter(platform));
}

/** What separates the items of PYTHONPATH. */
export function delimiter(platform: NodeJS.Platform): string {
  return (platform === 'win32' ? win32 : posix).delimiter;
}

function flag(on: boolean): string {
  return on ? '1' : '';
}

function amount(value: number): string {
  return value > 0 ? String(value) : '';
}
