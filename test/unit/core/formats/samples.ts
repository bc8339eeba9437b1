import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readProfile } from '../../../../src/core/formats/registry';
import type {
  CallEdge,
  CallGraph,
  FunctionStats,
  Profile,
} from '../../../../src/core/model/profile';
import { noSample, sampleFormats } from './sampleFormats';

const folder = join(import.meta.dirname, '../../../fixtures/profiles');

export interface Sample {
  /** Path within the folder of samples. */
  readonly path: string;
  readonly format: string;
  readonly bytes: Buffer;
}

/** All files in the folder; one of no known kind is an error, so that none is forgotten. */
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, format: formatOf(path) }));

/** Every sample. */
export const samples: readonly Sample[] = files
  .filter(({ format }) => format !== noSample)
  .map(({ path, format }) => ({ path, format, bytes: readFixture(path) }));

/** Files beside the samples: programs, sources, reports. Single marshalled objects are left out. */
export const otherFiles: readonly string[] = files
  .filter(({ path, format }) => format === noSample && !path.endsWith('.bin'))
  .map(({ path }) => path);

function formatOf(path: string): string {
  const format = sampleFormats.find(([pattern]) => pattern.test(path))?.[1];
  if (format === undefined) throw new Error(`${path} is a sample of no known format`);
  return format;
}

export function fixturePath(path: string): string {
  return join(folder, path);
}

export function readFixture(path: string): Buffer {
  return readFileSync(fixturePath(path));
}

export function fixtureExists(path: string): boolean {
  return existsSync(fixturePath(path));
}

export function readJson(path: string): unknown {
  return JSON.parse(readFixture(path).toString('utf8'));
}

/** Reads a sample without its name, which no format may need. */
export function readSample(path: string): Profile {
  return readProfile({ bytes: readFixture(path), name: '' });
}

export function graphOf(profile: Profile): CallGraph {
  if (profile.data.kind !== 'callGraph') throw new Error(`${profile.format} is no call graph`);
  return profile.data;
}

/** `file:line name`, as unique as a function is; a blank where the profile knows none. */
export function labelOf({ functions }: Profile, index: number): string {
  const { name, file = '', line = '' } = functions[index] ?? { name: '?' };
  return `${file}:${line} ${name}`;
}

/** Stats by the function's label. */
export function statsByLabel(profile: Profile): Map<string, FunctionStats> {
  return new Map(graphOf(profile).stats.map((stats, index) => [labelOf(profile, index), stats]));
}

/** Edges by `caller -> callee`, without the indexes. */
export function edgesByLabel(profile: Profile): Map<string, Omit<CallEdge, 'caller' | 'callee'>> {
  return new Map(
    graphOf(profile).edges.map(({ caller, callee, ...numbers }) => [
      `${labelOf(profile, caller)} -> ${labelOf(profile, callee)}`,
      numbers,
    ]),
  );
}
