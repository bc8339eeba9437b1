import { dirname } from 'node:path';
import { env, Uri, window, workspace } from 'vscode';
import { UserError } from '../../platform/errors';
import { pathsOf, type ProfileSource } from '../../core/profileSource';
import type { ExportTarget } from '../../profiles/importerApi';
import { exportName } from './exportName';
import { ExportedProfile, type ChosenProfile, type ProfileExporter } from './exportedProfile';

/** *Export profile*: asks for the format and the file, and writes it. */
export async function saveExport(exporter: ProfileExporter, profile: ChosenProfile): Promise<void> {
  const exported = new ExportedProfile(exporter, profile);
  const target = await askTarget(profile.title, await exported.targets());
  if (!target) return;
  const file = await askFile(profile.path, target);
  if (!file) return;
  const bytes = await exported.write(target.id);
  await write(file, bytes);
  void tell(file);
}

async function askTarget(
  title: string,
  targets: readonly ExportTarget[],
): Promise<ExportTarget | undefined> {
  const items = targets.map((target) => ({
    label: target.label,
    description: target.extension,
    detail: target.losses.join(' ') || 'Holds all of it.',
    target,
  }));
  const chosen = await window.showQuickPick(items, {
    title: `Export “${title}”`,
    placeHolder: 'Format, and what of the profile it cannot hold',
    matchOnDescription: true,
  });
  return chosen?.target;
}

/** Not among the profiles: there the export would be listed as one. */
async function askFile(
  source: ProfileSource,
  { extension }: ExportTarget,
): Promise<Uri | undefined> {
  const paths = pathsOf(source);
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(dirname(paths[0] ?? ''));
  const file = await window.showSaveDialog({
    title: 'Export profile',
    saveLabel: 'Export',
    defaultUri: Uri.joinPath(folder, exportName(source, extension)),
  });
  if (file && paths.includes(file.fsPath))
    throw new UserError('The export would replace the profile.');
  return file;
}

async function write(file: Uri, bytes: Uint8Array): Promise<void> {
  try {
    await workspace.fs.writeFile(file, bytes);
  } catch (error) {
    throw new UserError(`${file.fsPath} cannot be written.`, [], { cause: error });
  }
}

async function tell(file: Uri): Promise<void> {
  const copy = 'Copy Path';
  const chosen = await window.showInformationMessage(`Exported to ${file.fsPath}.`, copy);
  if (chosen === copy) await env.clipboard.writeText(file.fsPath);
}
