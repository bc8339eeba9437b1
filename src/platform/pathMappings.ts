import { homedir } from 'node:os';
import { commands, type WorkspaceFolder } from 'vscode';
import type { PathMapping } from '../core/sourcePath';
import type { Remedy } from './errors';
import { setting } from './settings';

/** For errors that a path mapping solves. */
export const ADD_PATH_MAPPING: Remedy = {
  title: 'Add Path Mapping',
  run: () => commands.executeCommand('workbench.action.openSettings', '@id:hotline.pathMappings'),
};

/**
 * The setting `hotline.pathMappings` of every workspace folder, `${workspaceFolder}` and `~`
 * expanded. What does not have the form of a mapping is left out: settings are written by hand.
 */
export function pathMappings(folders: readonly WorkspaceFolder[]): PathMapping[] {
  if (folders.length === 0) return mappingsOf(undefined).map(expandHome);
  return folders.flatMap((folder) =>
    mappingsOf(folder)
      .map(({ from, to }) => ({
        from,
        to: to.replaceAll('${workspaceFolder}', () => folder.uri.fsPath),
      }))
      .map(expandHome),
  );
}

function mappingsOf(folder: WorkspaceFolder | undefined): PathMapping[] {
  const value: unknown = setting('pathMappings', folder);
  return Array.isArray(value) ? value.filter(isMapping) : [];
}

function expandHome({ from, to }: PathMapping): PathMapping {
  return { from, to: to.replace(/^~(?=$|[\\/])/, homedir) };
}

function isMapping(value: unknown): value is PathMapping {
  const { from, to } = (value ?? {}) as Partial<PathMapping>;
  return typeof from === 'string' && typeof to === 'string';
}
