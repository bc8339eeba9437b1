import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, workspace, type WorkspaceFolder } from 'vscode';
import { UserError } from '../platform/errors';
import { setting } from '../platform/settings';
import { wrongOption, type ProfilerOptions } from './profilerOptions';
import { hotlineVariables, type ProfilerVariables } from './profilerVariables';

/** What the profiler takes from outside its settings. */
export interface ProfilerQuestion {
  /** The folder whose settings count. */
  readonly folder: WorkspaceFolder | undefined;
  /** What a task or a launch configuration sets differently. */
  readonly overrides?: Partial<ProfilerOptions>;
  /** A folder of the user's own code besides those of the workspace. */
  readonly applicationFolder?: string;
}

/** Our own profiler, as the extension ships it: how a Python process is made to use it. */
export class Profiler {
  readonly #bootstrap: string;
  readonly #ensureProfileDirectory: () => Promise<string>;

  /** @param extensionPath Where the extension is installed; its `python` folder holds the profiler. */
  constructor(extensionPath: string, ensureProfileDirectory: () => Promise<string>) {
    this.#bootstrap = join(extensionPath, 'python', 'bootstrap');
    this.#ensureProfileDirectory = ensureProfileDirectory;
  }

  /**
   * The environment that profiles a process; makes the profile directory.
   * @throws UserError when a setting is not what it must be
   * @throws when no directory is set, or it cannot be made
   */
  async variables({
    folder,
    overrides,
    applicationFolder,
  }: ProfilerQuestion): Promise<ProfilerVariables> {
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const own = applicationFolder === undefined ? folders : [...folders, applicationFolder];
    return {
      bootstrap: this.#bootstrap,
      variables: hotlineVariables({
        directory: await this.#ensureProfileDirectory(),
        fileNameTemplate: setting('fileNameTemplate', folder),
        sourceRoots: await withRealPaths(own),
        options: { ...readOptions(folder), ...overrides },
        platform: process.platform,
      }),
    };
  }
}

/** Settings are free text, too, when somebody writes them into a file. */
function readOptions(folder: WorkspaceFolder | undefined): ProfilerOptions {
  const options: ProfilerOptions = {
    mode: setting('profiler.mode', folder),
    include: setting('profiler.include', folder),
    exclude: setting('profiler.exclude', folder),
    static: setting('profiler.static', folder),
    minimumDuration: setting('profiler.minimumDuration', folder),
    every: setting('profiler.every', folder),
    keepFiles: setting('profiler.keepFiles', folder),
    keepBytes: setting('profiler.keepBytes', folder),
    trigger: setting('profiler.trigger', folder),
    sqlParameters: setting('profiler.sqlParameters', folder),
    interval: setting('profiler.interval', folder),
  };
  const wrong = wrongOption({ ...options });
  if (!wrong) return options;
  const name = `hotline.profiler.${wrong.name}`;
  throw new UserError(`The setting ${name} ${wrong.problem}.`, [
    {
      title: 'Open Setting',
      run: () => commands.executeCommand('workbench.action.openSettings', name),
    },
  ]);
}

/** Python names a module by either path, depending on how the server finds it. */
async function withRealPaths(folders: readonly string[]): Promise<string[]> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  return [...new Set([...folders, ...real])];
}
