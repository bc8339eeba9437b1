import { workspace, type Disposable, type WorkspaceFolder } from 'vscode';
import { compileTemplate, TemplateError } from '../core/fileName';
import { DisposableStore } from '../platform/disposables';
import { setting } from '../platform/settings';
import { DirectoryPathError, expandDirectory, processVariables } from './directoryPath';
import type { DirectorySpec } from './fileIndex';
import type { ProfileDirectories } from './profileDirectories';

/** `runprofileserver`'s own, for when the setting cannot be used. */
const DEFAULT_TEMPLATE = '{path}.{duration:06d}ms.{time}';

/** Keeps the profile directories as the settings of every workspace folder say. */
export class DirectorySettings implements Disposable {
  readonly #directories: ProfileDirectories;
  readonly #store = new DisposableStore();
  #problems: readonly string[] = [];

  constructor(directories: ProfileDirectories) {
    this.#directories = directories;
    const apply = (): void => {
      this.#apply();
    };
    this.#store.add(workspace.onDidChangeWorkspaceFolders(apply));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(apply));
    this.#store.add(
      workspace.onDidChangeConfiguration((change) => {
        const settings = ['hotline.profileDirectories', 'hotline.fileNameTemplate'];
        if (settings.some((name) => change.affectsConfiguration(name))) apply();
      }),
    );
    apply();
  }

  /** Whole sentences on what is wrong with the settings. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #apply(): void {
    const specs = new Map<string, DirectorySpec>();
    const problems = new Set<string>();
    for (const folder of workspace.workspaceFolders ?? [undefined]) {
      const template = checkedTemplate(folder, problems);
      for (const text of setting('profileDirectories', folder)) {
        const path = checkedPath(text, folder, problems);
        if (path !== undefined && !specs.has(path)) specs.set(path, { path, template });
      }
    }
    this.#problems = [...problems];
    this.#directories.setDirectories([...specs.values()]);
  }
}

function checkedTemplate(folder: WorkspaceFolder | undefined, problems: Set<string>): string {
  const template = setting('fileNameTemplate', folder);
  try {
    compileTemplate(template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    problems.add(`The setting hotline.fileNameTemplate cannot be used: ${error.message}`);
    return DEFAULT_TEMPLATE;
  }
  return template;
}

function checkedPath(
  text: string,
  folder: WorkspaceFolder | undefined,
  problems: Set<string>,
): string | undefined {
  try {
    return expandDirectory(text, processVariables(folder?.uri.fsPath));
  } catch (error) {
    if (!(error instanceof DirectoryPathError)) throw error;
    // The default needs a folder; that none is open is no mistake of anybody's.
    if (folder || !text.includes('${workspaceFolder}')) problems.add(error.message);
    return undefined;
  }
}
