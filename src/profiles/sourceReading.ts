import { basename } from 'node:path';
import { namesOf } from '../core/derive/merge/fit';
import { ProfileMerger } from '../core/derive/merge';
import type { ReadChoice } from '../core/formats/format';
import { readProfile } from '../core/formats/registry';
import { ProfileError } from '../core/model/errors';
import type { Profile } from '../core/model/profile';
import {
  isCollected,
  pathsOf,
  type CollectedSource,
  type MergedSource,
  type ProfileSource,
} from '../core/profileSource';
import { readHistory } from './collectedHistory';
import { readStamped, stampOf } from './profileFile';
import type { ReadProgress } from './workerProtocol';

/** Milliseconds between two reports of how far the merging has come: screen readers read each. */
const REPORT_MS = 500;

/**
 * Tells one content of a source's files from another without reading them.
 * @throws ProfileError when the source is one file that cannot be read
 */
export function stampOfSource(source: ProfileSource): string {
  if (typeof source === 'string') return stampText(source);
  if (isCollected(source)) return stampOfDatabase(source.database);
  return pathsOf(source).map(stampOrNothing).join();
}

/**
 * The profile of a file, or of several as one.
 * @param report is told now and then how far the merging of several has come
 * @throws ProfileError when the file does not read, or none of several; when those that read do not
 *   fit together
 */
export function readSource(
  source: ProfileSource,
  choice: ReadChoice,
  report: (progress: ReadProgress) => void,
): Profile {
  if (typeof source === 'string') return readFile(source, choice);
  return isCollected(source) ? readCollected(source) : readMerged(source, choice, report);
}

function readFile(path: string, choice: ReadChoice): Profile {
  return readProfile({ bytes: readStamped(path, stampOf(path)), name: basename(path), choice });
}

function readCollected(source: CollectedSource): Profile {
  return readHistory(source.database, (history) => history.profile(source));
}

/** What is written last stands in the log beside the database. */
function stampOfDatabase(path: string): string {
  return [path, `${path}-wal`].map(stampOrNothing).join();
}

function readMerged(
  { paths }: MergedSource,
  choice: ReadChoice,
  report: (progress: ReadProgress) => void,
): Profile {
  const merger = new ProfileMerger();
  const left = visitProfiles(paths, choice, report, (profile, name) => {
    merger.add(profile, name);
  });
  const merged = merger.finish();
  return left === undefined ? merged : { ...merged, warnings: [...merged.warnings, left] };
}

/**
 * Reads one file after another, and leaves out those that do not read.
 * @param report is told now and then how far it has come
 * @returns a sentence that names what was left out; `undefined` where nothing was
 * @throws ProfileError when none of the files reads
 */
export function visitProfiles(
  paths: readonly string[],
  choice: ReadChoice,
  report: (progress: ReadProgress) => void,
  visit: (profile: Profile, name: string) => void,
): string | undefined {
  const unread: { readonly name: string; readonly error: ProfileError }[] = [];
  let reportedMs = performance.now();
  for (const [done, path] of paths.entries()) {
    const profile = readOrCollect(path, choice, unread);
    if (profile) visit(profile, basename(path));
    if (performance.now() - reportedMs < REPORT_MS) continue;
    reportedMs = performance.now();
    report({ done: done + 1, total: paths.length });
  }
  const [first] = unread;
  if (!first) return undefined;
  if (unread.length === paths.length) throw first.error;
  const count = unread.length === 1 ? '1 file cannot' : `${unread.length} files cannot`;
  const names = namesOf(unread.map(({ name }) => name));
  return `${count} be read and ${unread.length === 1 ? 'is' : 'are'} left out: ${names}.`;
}

function readOrCollect(
  path: string,
  choice: ReadChoice,
  unread: { readonly name: string; readonly error: ProfileError }[],
): Profile | undefined {
  try {
    return readFile(path, choice);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    unread.push({ name: basename(path), error });
    return undefined;
  }
}

function stampOrNothing(path: string): string {
  try {
    return stampText(path);
  } catch {
    return 'unreadable';
  }
}

function stampText(path: string): string {
  const { size, modifiedMs } = stampOf(path);
  return `${size}:${modifiedMs}`;
}
