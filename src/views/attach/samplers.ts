import { join } from 'node:path';
import { commands, workspace, type WorkspaceFolder } from 'vscode';
import { austin, austinVersion } from '../../attach/austin';
import { belongsTo, isInside } from '../../attach/processOrder';
import { findPySpy, pySpy } from '../../attach/pySpy';
import type { PythonProcess } from '../../attach/pythonProcess';
import type { Sampler, SamplingOptions } from '../../attach/sampler';
import { samplerEnvironment } from '../../attach/samplerEnvironment';
import { UserError } from '../../platform/errors';
import { setting } from '../../platform/settings';
import { disk } from '../../server/fileSystem';
import { selectedInterpreter } from '../../server/pythonExtension';
import { directoriesUpTo, findInterpreter } from '../../server/pythonInterpreter';
import { runShortProcess } from '../../server/shortProcess';
import { findProgram } from '../export/programs';

const MOST_RATE = 1000;

const VERSION_TIMEOUT_MS = 10_000;

/** Folder of the environment of ours that has py-spy, below the extension's own storage. */
export function ownEnvironment(globalStorage: string): string {
  return join(globalStorage, 'py-spy');
}

/**
 * py-spy for a process.
 * @param python the project's interpreter as it is started; empty where there is none
 * @returns `undefined` where it is not installed
 * @throws UserError where the setting names no program
 */
export async function installedPySpy(
  python: readonly string[],
  globalStorage: string,
): Promise<Sampler | undefined> {
  const configured = setting('attach.pySpy').trim();
  if (configured !== '' && !(await disk.isFile(configured)))
    throw invalidSetting('pySpy', `names ${configured}, which is no file: give the path of py-spy`);
  const program = await findPySpy({
    configured,
    python: python[0],
    ownEnvironment: ownEnvironment(globalStorage),
    platform: process.platform,
    files: disk,
    onPath: (name) => findProgram([name]),
  });
  return program === undefined ? undefined : pySpy(program);
}

/** austin, where it is on PATH and starts. */
export async function installedAustin(): Promise<Sampler | undefined> {
  const program = await findProgram(['austin']);
  if (program === undefined) return undefined;
  const { stdout } = await runShortProcess([program, '--version'], {
    cwd: '/',
    environment: samplerEnvironment(),
    timeoutMs: VERSION_TIMEOUT_MS,
  });
  const version = austinVersion(stdout);
  return version && austin(program, version);
}

/** The interpreter of the project that a process belongs to, as it is started; empty where none is found. */
export async function projectPython(of: PythonProcess): Promise<readonly string[]> {
  const folders = workspace.workspaceFolders ?? [];
  const folder = folders.find(({ uri }) => belongsTo(of, [uri.fsPath])) ?? folders[0];
  const interpreter = await findInterpreter({
    selected: folder && (await selectedInterpreter(folder.uri)),
    directories: folder ? environmentDirectories(folder, of) : [],
    environment: process.env,
    platform: process.platform,
    files: disk,
  });
  return interpreter?.command ?? [];
}

/** Nothing outside of the workspace is looked through for programs to start. */
function environmentDirectories({ uri }: WorkspaceFolder, { cwd }: PythonProcess): string[] {
  const folder = uri.fsPath;
  const nearest = cwd !== undefined && isInside(cwd, folder) ? cwd : folder;
  return directoriesUpTo(folder, nearest, process.platform);
}

/**
 * How the settings want a process to be sampled.
 * @throws UserError where one of them cannot be used
 */
export function samplingOptions(): SamplingOptions {
  const rate = setting('attach.rate');
  if (!Number.isInteger(rate) || rate < 1 || rate > MOST_RATE)
    throw invalidSetting('rate', `must be a whole number from 1 to ${MOST_RATE}`);
  return {
    rate,
    idle: setting('attach.idle'),
    native: setting('attach.native'),
    subprocesses: setting('attach.subprocesses'),
  };
}

function invalidSetting(name: string, problem: string): UserError {
  const id = `hotline.attach.${name}`;
  return new UserError(`The setting ${id} ${problem}.`, [
    {
      title: 'Open Settings',
      run: () => commands.executeCommand('workbench.action.openSettings', id),
    },
  ]);
}
