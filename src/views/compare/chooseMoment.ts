import { QuickPickItemKind, window, workspace, type QuickPickItem } from 'vscode';
import { recentRevisions, type Revision } from '../../platform/gitRevisions';
import { log } from '../../platform/log';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { askMoment } from '../explorer/askTimeRange';
import { localTime } from '../explorer/relativeTime';
import { namedRanges, recordedPeriod } from '../explorer/timeRange';
import { formatMoment } from '../flamegraph/periodChoices';
import { splitAt } from './comparedEntries';

/** Characters of a commit's hash that people read. */
const SHORT_HASH = 8;

/** A moment, and how the sides before and after it are called. */
export interface Moment {
  readonly ms: number;
  readonly before: string;
  readonly after: string;
}

interface Choice extends QuickPickItem {
  /** A separator has none. */
  moment?(): Promise<Moment | undefined>;
}

/**
 * Asks for the moment that parts requests: a git revision, or a time. Of each it is told how many
 * profiles are on either side. In an untrusted workspace git is not asked.
 */
export async function chooseMoment(entries: readonly ProfileEntry[]): Promise<Moment | undefined> {
  const title = 'Compare before and after';
  const items = choices(entries);
  return (
    await window.showQuickPick(items, {
      title,
      placeHolder: 'A git revision or a moment',
      matchOnDescription: true,
      matchOnDetail: true,
    })
  )?.moment?.();
}

async function choices(entries: readonly ProfileEntry[]): Promise<Choice[]> {
  const typed: Choice = { label: '$(edit) Type a moment…', moment: () => typeMoment(entries) };
  const named = namedRanges(Date.now()).map(({ name, period: { fromMs } }) => {
    const moment = { ms: fromMs, before: `before ${name.toLowerCase()}`, after: name };
    return choiceOf(name, formatMoment(fromMs), moment, entries);
  });
  const revisions = (await revisionsOfWorkspace()).map((revision) =>
    revisionChoice(revision, entries),
  );
  return [
    { label: 'Moment', kind: QuickPickItemKind.Separator },
    typed,
    ...named,
    ...(revisions.length === 0
      ? []
      : [{ label: 'Git revision', kind: QuickPickItemKind.Separator }, ...revisions]),
  ];
}

/** The commits of the first of the workspace's folders that is in a repository. */
async function revisionsOfWorkspace(): Promise<Revision[]> {
  // git runs what its configuration names, and that is part of the workspace.
  if (!workspace.isTrusted) return [];
  for (const { uri } of workspace.workspaceFolders ?? []) {
    try {
      return await recentRevisions(uri.fsPath);
    } catch (error) {
      log().debug(`No git history of ${uri.fsPath}.`, error);
    }
  }
  return [];
}

function revisionChoice(revision: Revision, entries: readonly ProfileEntry[]): Choice {
  const { commit, subject, committedMs, checkedOutMs } = revision;
  const hash = commit.slice(0, SHORT_HASH);
  const moment = {
    ms: checkedOutMs ?? committedMs,
    before: `before ${hash}`,
    after: `since ${hash}`,
  };
  const how = checkedOutMs === undefined ? 'committed' : 'checked out';
  return choiceOf(subject, `${hash} · ${how} ${localTime(moment.ms)}`, moment, entries);
}

function choiceOf(
  label: string,
  description: string,
  moment: Moment,
  entries: readonly ProfileEntry[],
): Choice {
  const { before, after } = splitAt(entries, moment.ms);
  return {
    label,
    description,
    detail: `${before.length} before · ${after.length} after`,
    moment: () => Promise.resolve(moment),
  };
}

async function typeMoment(entries: readonly ProfileEntry[]): Promise<Moment | undefined> {
  const recorded = recordedPeriod(entries, Date.now());
  const ms = await askMoment('Compare before and after', recorded.untilMs, recorded, -Infinity);
  if (ms === undefined) return undefined;
  const text = formatMoment(ms);
  return { ms, before: `before ${text}`, after: `since ${text}` };
}
