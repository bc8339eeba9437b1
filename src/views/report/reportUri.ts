import { Uri } from 'vscode';
import type { ProfileSource } from '../../core/profileSource';
import type { ShownChoice } from '../../protocol/flamegraph';
import { parseChoice, parseSource } from '../flamegraph/messages';

/** Scheme of the documents that hold line reports. */
export const REPORT_SCHEME = 'hotline-report';

/** A profile whose lines are reported, and what was chosen to be shown of it. */
export interface ReportedProfile {
  readonly path: ProfileSource;
  readonly choice?: ShownChoice | undefined;
}

/** What cannot stand in a file's name on every system. */
const UNFIT = /[\s/\\:*?"<>|]+/g;

/** The document of a profile's report: its path is the name to save it by, its query the profile. */
export function reportUri(title: string, { path, choice }: ReportedProfile): Uri {
  const name = title.replace(UNFIT, ' ').trim();
  return Uri.from({
    scheme: REPORT_SCHEME,
    path: `/Lines of ${name}.txt`,
    query: JSON.stringify({ path, choice }),
  });
}

/** The profile of a document, or `undefined` when a link made it up. */
export function reportedProfile({ query }: Uri): ReportedProfile | undefined {
  try {
    const value = JSON.parse(query) as { path?: unknown; choice?: unknown } | null;
    const path = parseSource(value?.path);
    return path === undefined ? undefined : { path, choice: parseChoice(value?.choice) };
  } catch {
    return undefined;
  }
}
