import { commands, env, UIKind, Uri, workspace } from 'vscode';
import { UserError } from '../../platform/errors';
import type { ProfileEntry } from '../../profiles/profileEntry';

/** Shows the file in the system's file manager, or in the file explorer where there is none. */
export async function revealProfile({ path }: Pick<ProfileEntry, 'path'>): Promise<void> {
  const uri = Uri.file(path);
  if (env.uiKind === UIKind.Desktop && env.remoteName === undefined) {
    await commands.executeCommand('revealFileInOS', uri);
  } else if (workspace.getWorkspaceFolder(uri)) {
    await commands.executeCommand('revealInExplorer', uri);
  } else {
    throw new UserError(`${path} is on the server, outside the open folder.`, [
      { title: 'Copy Path', run: () => env.clipboard.writeText(path) },
    ]);
  }
}

/** Copies the paths of the files, one a line. */
export async function copyPaths(entries: readonly ProfileEntry[]): Promise<void> {
  await env.clipboard.writeText(entries.map(({ path }) => path).join('\n'));
}
