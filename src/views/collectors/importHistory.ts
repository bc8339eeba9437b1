import { ProgressLocation, window } from 'vscode';
import type { ImportedHistory } from '../../collector/api';
import { ProfileError } from '../../core/model/errors';
import { UserError } from '../../platform/errors';
import { grouped } from '../explorer/rowText';
import { periodText } from './collectedTitle';

/** Adds a file of another collector to the database; rejects with a sentence for a person. */
export type ImportFile = (path: string) => Promise<ImportedHistory>;

/**
 * Asks for a file of stackcollector, adds its history and tells what came.
 * @returns whether anything was added
 * @throws UserError when the file is no history
 */
export async function importHistory(importFile: ImportFile): Promise<boolean> {
  const title = 'Import stackcollector history';
  const [file] =
    (await window.showOpenDialog({ title, openLabel: 'Import', filters: FILTERS })) ?? [];
  if (!file) return false;
  const location = ProgressLocation.Notification;
  const history = await window.withProgress({ location, title }, async () => {
    try {
      return await importFile(file.fsPath);
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      throw new UserError(error.message, [], { cause: error });
    }
  });
  void window.showInformationMessage(importedText(history));
  return !history.isKnown;
}

const FILTERS = { 'Databases of stackcollector': ['pag', 'gdbm'], 'All files': ['*'] };

/** What an import did, in one sentence. */
export function importedText({ isKnown, processes, samples, period }: ImportedHistory): string {
  if (isKnown) return 'This history was imported before: nothing was added.';
  if (!period) return 'This history is empty: nothing was added.';
  const of = processes === 1 ? '1 process' : `${grouped(processes)} processes`;
  return `${grouped(samples)} samples of ${of} were added, from ${periodText(period)}.`;
}
