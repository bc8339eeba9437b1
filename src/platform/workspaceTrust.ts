import { commands, workspace } from 'vscode';
import { UserError } from './errors';

/**
 * Refuses what runs code of the workspace until it is trusted. The manifest hides the commands in an
 * untrusted workspace; a key binding, a task or a launch configuration would still reach them.
 * @param why A clause: `The profiled server runs code of this workspace`
 * @throws UserError in an untrusted workspace
 */
export function requireTrust(why: string): void {
  if (workspace.isTrusted) return;
  throw new UserError(`${why}: trust the workspace first.`, [
    {
      title: 'Manage Workspace Trust',
      run: () => commands.executeCommand('workbench.trust.manage'),
    },
  ]);
}
