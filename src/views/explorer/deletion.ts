import { ProgressLocation, Uri, window, workspace } from 'vscode';
import { UserError } from '../../platform/errors';
import { log } from '../../platform/log';
import { forEachLimited } from '../../profiles/concurrency';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryTimeMs, requestTitle } from '../../profiles/requestTitle';
import { grouped } from './rowText';

/** Deletions under way at a time. */
const CONCURRENCY = 8;

const HOUR = 3_600_000;
const AGES: readonly { readonly label: string; readonly hours: number }[] = [
  { label: '1 hour', hours: 1 },
  { label: '1 day', hours: 24 },
  { label: '7 days', hours: 7 * 24 },
  { label: '30 days', hours: 30 * 24 },
];

/** Deletes profiles after asking: to the trash or, where there is none, after asking again, for good. */
export async function deleteProfiles(entries: readonly ProfileEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const what = describe(entries);
  if (!(await confirm(`Delete ${what}?`, detailOf(entries), 'Move to Trash'))) return;
  const left = await remove(entries, { useTrash: true });
  if (left.length === 0) return;
  const question = `${capitalized(describe(left))} cannot be moved to the trash. Delete for good?`;
  const detail = 'There is no trash where the files are, or it does not take them.';
  if (!(await confirm(question, detail, 'Delete Permanently'))) return;
  const undeleted = await remove(left, { useTrash: false });
  if (undeleted.length > 0) {
    throw new UserError(
      `${capitalized(describe(undeleted))} could not be deleted: check the permissions of ${undeleted[0]?.directory ?? 'the directory'}.`,
    );
  }
}

/** Asks for an age and deletes all profiles that are older. */
export async function deleteOldProfiles(entries: readonly ProfileEntry[]): Promise<void> {
  const now = Date.now();
  const choices = AGES.map(({ label, hours }) => {
    const old = entries.filter((entry) => {
      const time = entryTimeMs(entry);
      return time !== undefined && time < now - hours * HOUR;
    });
    return { label, description: count(old.length), old };
  });
  const title = 'Delete profiles older than…';
  const chosen = await window.showQuickPick(choices, { title, placeHolder: title });
  if (!chosen) return;
  if (chosen.old.length > 0) await deleteProfiles(chosen.old);
  else void window.showInformationMessage(`No profile is older than ${chosen.label}.`);
}

async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}

/** Deletes files; returns those that are still there. */
async function remove(
  entries: readonly ProfileEntry[],
  options: { useTrash: boolean },
): Promise<ProfileEntry[]> {
  const left: ProfileEntry[] = [];
  await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Deleting profiles', cancellable: true },
    (progress, token) =>
      forEachLimited(entries, CONCURRENCY, async (entry) => {
        if (token.isCancellationRequested) return;
        try {
          await workspace.fs.delete(Uri.file(entry.path), options);
        } catch (error) {
          if (await exists(entry)) {
            log().warn(`Cannot delete ${entry.path}`, error);
            left.push(entry);
          }
        }
        progress.report({ increment: 100 / entries.length });
      }),
  );
  return left;
}

async function exists({ path }: ProfileEntry): Promise<boolean> {
  try {
    await workspace.fs.stat(Uri.file(path));
    return true;
  } catch {
    return false;
  }
}

function describe(entries: readonly ProfileEntry[]): string {
  const [only] = entries;
  return only && entries.length === 1 ? `“${requestTitle(only)}”` : count(entries.length);
}

function count(profiles: number): string {
  return profiles === 1 ? '1 profile' : `${grouped(profiles)} profiles`;
}

function detailOf(entries: readonly ProfileEntry[]): string {
  const shown = entries.slice(0, 5).map(({ path }) => path);
  const rest = entries.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${grouped(rest)} more`] : [])].join('\n');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
