import { commands, workspace, type WorkspaceFolder } from 'vscode';
import { UserError } from './errors';

/** The folders of the workspace; there is one at least. */
export type Folders = readonly [WorkspaceFolder, ...WorkspaceFolder[]];

/** @throws UserError when none is open. */
export function openFolders(): Folders {
  const [first, ...others] = workspace.workspaceFolders ?? [];
  if (first) return [first, ...others];
  throw new UserError('No folder is open: open the folder of your project first.', [
    { title: 'Open Folder', run: () => commands.executeCommand('vscode.openFolder') },
  ]);
}
