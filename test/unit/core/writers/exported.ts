import { posix } from 'node:path';
import { DEFAULT_LIMITS } from '../../../../src/core/derive/callTree';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { APPORTIONED_MARK } from '../../../../src/core/derive/speedscopeDocument';
import type { Func, Profile } from '../../../../src/core/model/profile';
import { ExportSource } from '../../../../src/core/writers/exportSource';
import { uniqueNames } from '../../../../src/core/writers/functionNames';

/** The profile as it is exported under the name of its file. */
export function exportSource(profile: Profile, title = 'a profile'): ExportSource {
  return new ExportSource(profile, { title, limits: DEFAULT_LIMITS });
}

/** What a profile tells of one function, whatever it holds. */
export interface Figures {
  readonly self: number;
  readonly total: number;
  readonly calls: number | undefined;
}

/** Figures by the function's key; what several functions of one key have is added up. */
export function figuresByKey(
  profile: Profile,
  keyOf: (func: Func, index: number) => string,
): Map<string, Figures> {
  const figures = new Map<string, Figures>();
  for (const { func, self = 0, total, calls } of functionTable(profile).rows) {
    const key = keyOf(profile.functions[func] ?? { name: '', file: '', line: 0 }, func);
    const known = figures.get(key);
    figures.set(key, {
      self: self + (known?.self ?? 0),
      total: total + (known?.total ?? 0),
      calls: known ? undefined : calls,
    });
  }
  return figures;
}

/** `file:line name`, without the mark that speedscope's documents have on estimated functions. */
export function keyWithLine({ name, file = '~', line = 0 }: Func): string {
  return `${sameFile(file)}:${line} ${name.replace(APPORTIONED_MARK, '')}`;
}

/** `file name`, with lines of names that are not unique: for targets that tell no lines of others. */
export function keyByName(profile: Profile): (func: Func, index: number) => string {
  const names = uniqueNames(profile);
  return ({ file = '~' }, index) => `${file} ${names[index]}`;
}

/** Costs of lines by `file:line`. */
export function timesOfLines(profile: Profile): Map<string, number> {
  const times = new Map<string, number>();
  for (const [file, lines] of lineCosts(profile)) {
    for (const [line, { time }] of lines) times.set(`${file}:${line}`, time);
  }
  return times;
}

/** A path without `..`, which URLs do not have; pyinstrument's name for no file is read as none. */
function sameFile(file: string): string {
  if (file === '<built-in>') return '~';
  return file.startsWith('/') ? posix.normalize(file) : file;
}
