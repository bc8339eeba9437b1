import { workspace } from 'vscode';
import type { ProfileSource } from '../../core/profileSource';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryTimeMs, requestTitle } from '../../profiles/requestTitle';
import { mergedSource } from '../explorer/mergedSource';
import { localTime } from '../explorer/relativeTime';
import type { TreeNode } from '../explorer/treeNodes';

/** One side of a comparison, as far as it was chosen. */
export interface Subject {
  /** What people know it by: `GET /shop/items · 123 ms`, `GET /shop/{slug}/`. */
  readonly title: string;
  /** What is known of its profiles; none of files that are in no profile directory. */
  readonly entries: readonly ProfileEntry[];
  readonly source: ProfileSource;
  /** The group that it is: an endpoint or a directory; `undefined` for anything else. */
  readonly group?: string;
}

/** A profile as a side of a comparison, known by its request and not by its file. */
export function profileSubject(entry: ProfileEntry): Subject {
  const title = requestTitle(entry);
  return { title, entries: [entry], source: { title, paths: [entry.path] } };
}

/** A profile told from another one of the same request and duration, by its time. */
export function withTime(subject: Subject): Subject {
  const { title, entries, source } = subject;
  const [only, ...others] = entries;
  const time = only && entryTimeMs(only);
  if (time === undefined || others.length > 0 || typeof source !== 'object') return subject;
  const timed = `${title} · ${localTime(time)}`;
  return { ...subject, title: timed, source: { ...source, title: timed } };
}

/** All profiles of an endpoint or a directory. */
export function groupSubject(group: string, entries: readonly ProfileEntry[]): Subject {
  return { ...mergedSubject(workspace.asRelativePath(group), entries), group };
}

/** Several profiles, taken together under a name. */
export function mergedSubject(name: string, entries: readonly ProfileEntry[]): Subject {
  // A comparison tells of each side how many requests it has.
  return { title: name, entries, source: { ...mergedSource(entries, name), title: name } };
}

/** What a row of the explorer stands for; `undefined` for a row that is neither a profile nor a group. */
export function rowSubject(node: TreeNode): Subject | undefined {
  switch (node.kind) {
    case 'profile':
      return profileSubject(node.entry);
    case 'group':
      return groupSubject(node.group.key, node.group.entries.slice(0, node.group.entries.length));
    case 'more':
    case 'problem':
      return undefined;
  }
}
