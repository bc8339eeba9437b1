import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { UserError } from '../../platform/errors';
import type { ProfileEntry } from '../../profiles/profileEntry';
import {
  entryDurationMs,
  entryTimeMs,
  formatDuration,
  requestName,
} from '../../profiles/requestTitle';
import { relativeTime } from '../explorer/relativeTime';
import { grouped } from '../explorer/rowText';
import { byEndpoint, newestFirst } from './comparedEntries';
import { groupSubject, mergedSubject, profileSubject, type Subject } from './subject';

/** What can be compared. */
export interface Candidates {
  readonly entries: readonly ProfileEntry[];
  /** The endpoint of each of them. */
  readonly endpoints: ReadonlyMap<ProfileEntry, string>;
}

interface Choice<Value> extends QuickPickItem {
  /** A separator has none. */
  readonly value?: Value;
}

/** The other side is the same requests at another time. */
export const BEFORE_AND_AFTER = 'beforeAndAfter';

/**
 * Asks with what a side is to be compared: a profile with another one, those of the same endpoint
 * first; an endpoint or a directory with another one, or with itself before and after a moment.
 *
 * @returns `undefined` when the user thinks better of it
 * @throws UserError where there is nothing else
 */
export async function chooseOther(
  subject: Subject,
  candidates: Candidates,
): Promise<Subject | typeof BEFORE_AND_AFTER | undefined> {
  const items =
    subject.group === undefined
      ? profileChoices(subject, candidates)
      : groupChoices(subject, subject.group, candidates);
  return ask(`Compare ${subject.title} with`, items);
}

/** Asks for the first of two profiles. */
export async function chooseFirst({ entries }: Candidates): Promise<Subject | undefined> {
  return ask('Compare which profile?', newestFirst(entries).map(profileChoice));
}

/** Asks of which requests a time before is to be compared with the time after. */
export async function chooseRequests({
  entries,
  endpoints,
}: Candidates): Promise<Subject | undefined> {
  const all: Choice<Subject> = {
    label: 'All requests',
    description: countText(entries.length),
    value: mergedSubject('All requests', entries),
  };
  const groups = [...byEndpoint(entries, endpoints)].map(groupChoice);
  return ask('Compare which requests before and after?', [all, ...groups]);
}

/** How many profiles these are, for people. */
export function countText(count: number): string {
  return count === 1 ? '1 profile' : `${grouped(count)} profiles`;
}

function profileChoices(subject: Subject, { entries, endpoints }: Candidates): Choice<Subject>[] {
  const [own] = subject.entries;
  const endpoint = own && endpoints.get(own);
  const others = newestFirst(entries.filter((entry) => !subject.entries.includes(entry)));
  const isAlike = (entry: ProfileEntry): boolean =>
    endpoint !== undefined && endpoints.get(entry) === endpoint;
  const alike = others.filter(isAlike);
  const together: Choice<Subject>[] =
    endpoint === undefined || alike.length < 2
      ? []
      : [
          {
            label: '$(combine) All of them together',
            description: countText(alike.length),
            value: mergedSubject(`Other ${endpoint}`, alike),
          },
        ];
  return [
    ...section(`Other profiles of ${endpoint ?? ''}`, [...together, ...alike.map(profileChoice)]),
    ...section('Other endpoints', others.filter((entry) => !isAlike(entry)).map(profileChoice)),
  ];
}

function groupChoices(
  { entries: own }: Subject,
  group: string,
  { entries, endpoints }: Candidates,
): Choice<Subject | typeof BEFORE_AND_AFTER>[] {
  const isDirectory = own.some(({ directory }) => directory === group);
  const names = isDirectory ? new Map(entries.map((entry) => [entry, entry.directory])) : endpoints;
  const others = [...byEndpoint(entries, names)].filter(([name]) => name !== group);
  const moment: Choice<typeof BEFORE_AND_AFTER> = {
    label: '$(history) Itself, before and after…',
    description: 'a git revision or a moment',
    value: BEFORE_AND_AFTER,
  };
  return [
    moment,
    ...section(isDirectory ? 'Other directories' : 'Other endpoints', others.map(groupChoice)),
  ];
}

function groupChoice([name, entries]: [string, readonly ProfileEntry[]]): Choice<Subject> {
  const value = groupSubject(name, entries);
  return { label: name, description: countText(entries.length), value };
}

function profileChoice(entry: ProfileEntry): Choice<Subject> {
  const duration = entryDurationMs(entry);
  const time = entryTimeMs(entry);
  const facts = [
    ...(duration === undefined ? [] : [formatDuration(duration)]),
    ...(time === undefined ? [] : [relativeTime(time, Date.now())]),
  ];
  return {
    label: requestName(entry),
    description: facts.join(' · '),
    detail: entry.name,
    value: profileSubject(entry),
  };
}

function section<Value>(label: string, items: readonly Choice<Value>[]): Choice<Value>[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

async function ask<Value>(
  title: string,
  items: readonly Choice<Value>[],
): Promise<Value | undefined> {
  if (items.length === 0)
    throw new UserError('There is no other profile to compare with: request the page once more.');
  const options = { title, placeHolder: title, matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.value;
}
