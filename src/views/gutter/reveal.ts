import { workspace, type Uri } from 'vscode';
import { UserError } from '../../platform/errors';
import { ADD_PATH_MAPPING } from '../../platform/pathMappings';
import { showSource } from '../../platform/showSource';
import type { SourceFiles } from '../../platform/sourceFiles';
import { hottestPlaces } from './hottestPlace';
import type { TimingSession } from './timingSession';

/** Files of a profile among which one of the workspace is looked for, the most telling first. */
const MOST_FILES = 200;

const LIBRARY = /[\\/](?:site-packages|dist-packages)[\\/]/;

/**
 * Opens the most telling place of a profile that is in the workspace's own code.
 *
 * @throws UserError when there is none
 */
export async function revealHottest(
  { annotations, profile }: TimingSession,
  sourceFiles: SourceFiles,
): Promise<void> {
  for (const { file, line } of hottestPlaces(annotations).slice(0, MOST_FILES)) {
    const located = await sourceFiles.locate(file);
    if (!located || !isOwnCode(located)) continue;
    await showSource(located, line);
    return;
  }
  throw new UserError(
    `${profile.title} has no costs in this workspace's code: if the code ran elsewhere, tell by a path mapping where it is.`,
    [ADD_PATH_MAPPING],
  );
}

function isOwnCode(file: Uri): boolean {
  return workspace.getWorkspaceFolder(file) !== undefined && !LIBRARY.test(file.fsPath);
}
