import { basename, dirname, relative } from 'node:path';
import {
  CancellationError,
  commands,
  ConfigurationTarget,
  Uri,
  window,
  workspace,
  type Memento,
  type QuickPickItem,
  type WorkspaceFolder,
} from 'vscode';
import { UserError } from '../platform/errors';
import { findManageFiles } from './application';
import { ServerFailure } from './failures';
import { disk } from './fileSystem';

/** What is served: a Django project, or whatever a command of the user starts. */
export type Application =
  | { readonly kind: 'django'; readonly manageFile: string; readonly folder: WorkspaceFolder }
  | { readonly kind: 'command'; readonly command: string; readonly folder: WorkspaceFolder };

interface Choice extends QuickPickItem {
  choose(): Promise<Application>;
}

const rememberedKey = 'server.manageFile';

/** Finds the application of the workspace; asks when there is none or more than one. */
export class ApplicationPicker {
  readonly #state: Memento;

  /** @param state Remembers the answer for the workspace. */
  constructor(state: Memento) {
    this.#state = state;
  }

  /**
   * @throws CancellationError when the user decides for none.
   * @throws UserError when no folder is open.
   */
  async pick(): Promise<Application> {
    const folders = openFolders();
    const remembered = this.#state.get<string>(rememberedKey);
    if (remembered !== undefined && (await disk.isFile(remembered))) {
      return this.#django(remembered, folders);
    }
    const [first, ...others] = await manageFilesIn(folders);
    if (first === undefined) return this.#askWithoutManageFile(folders, remembered);
    if (others.length === 0) return this.#django(first, folders);
    return this.#askWhich([first, ...others], folders);
  }

  /** Asks, whatever is known, and remembers the answer; throws as `pick` does. */
  async pickAnother(): Promise<void> {
    const folders = openFolders();
    await this.#askWhich(await manageFilesIn(folders), folders);
  }

  #django(manageFile: string, folders: Folders): Application {
    const folder = workspace.getWorkspaceFolder(Uri.file(manageFile)) ?? folders[0];
    return { kind: 'django', manageFile, folder };
  }

  async #askWhich(manageFiles: readonly string[], folders: Folders): Promise<Application> {
    const choices = manageFiles.map((manageFile): Choice => {
      const application = this.#django(manageFile, folders);
      const directory = dirname(manageFile);
      return {
        label: basename(directory),
        description: relative(dirname(application.folder.uri.fsPath), directory),
        choose: () => this.#remember(application, manageFile),
      };
    });
    return ask([...choices, ...this.#otherWays(folders)], 'Which application is to be profiled?');
  }

  #askWithoutManageFile(folders: Folders, gone: string | undefined): Promise<Application> {
    const what =
      gone === undefined ? 'No manage.py was found in this workspace' : `${gone} is gone`;
    return ask(this.#otherWays(folders), `${what}. How is the application started?`);
  }

  #otherWays(folders: Folders): readonly Choice[] {
    return [
      {
        label: '$(folder-opened) Choose manage.py…',
        description: 'of a Django project with django-extensions',
        choose: () => this.#chooseManageFile(folders),
      },
      {
        label: '$(terminal) Enter a command…',
        description: 'that starts a server which writes profiles',
        choose: () => enterCommand(folders[0]),
      },
      {
        label: '$(gear) Open settings',
        description: 'hotline.server',
        choose: async () => {
          await commands.executeCommand('workbench.action.openSettings', 'hotline.server');
          throw new CancellationError();
        },
      },
    ];
  }

  async #chooseManageFile(folders: Folders): Promise<Application> {
    const [file] =
      (await window.showOpenDialog({
        defaultUri: folders[0].uri,
        filters: { Python: ['py'] },
        title: 'Choose manage.py',
        openLabel: 'Use for profiled server',
      })) ?? [];
    if (!file) throw new CancellationError();
    if (!(await disk.text(file.fsPath))?.includes('django')) {
      throw new ServerFailure(
        'applicationMissing',
        `${file.fsPath} is not the manage.py of a Django project: choose another file or enter a command.`,
      );
    }
    return this.#remember(this.#django(file.fsPath, folders), file.fsPath);
  }

  async #remember(application: Application, manageFile: string): Promise<Application> {
    await this.#state.update(rememberedKey, manageFile);
    return application;
  }
}

type Folders = readonly [WorkspaceFolder, ...WorkspaceFolder[]];

async function manageFilesIn(folders: Folders): Promise<readonly string[]> {
  const lists = await Promise.all(
    folders.map(({ uri }) => findManageFiles(uri.fsPath, disk, process.platform)),
  );
  return [...new Set(lists.flat())];
}

/** @throws UserError when none is open. */
export function openFolders(): Folders {
  const [first, ...others] = workspace.workspaceFolders ?? [];
  if (first) return [first, ...others];
  throw new UserError('No folder is open: open the folder of your project first.', [
    { title: 'Open Folder', run: () => commands.executeCommand('vscode.openFolder') },
  ]);
}

async function ask(choices: readonly Choice[], placeHolder: string): Promise<Application> {
  const choice = await window.showQuickPick(choices, {
    title: 'Start profiled server',
    placeHolder,
    matchOnDescription: true,
  });
  if (!choice) throw new CancellationError();
  return choice.choose();
}

/** The command is kept in the workspace's settings, where it can be found and changed. */
async function enterCommand(folder: WorkspaceFolder): Promise<Application> {
  const command = await window.showInputBox({
    title: 'Start profiled server',
    prompt:
      'Known are ${profileDirectory}, ${profileTemplate}, ${python}, ${host} and ${port}. Kept as hotline.server.command.',
    placeHolder: '${python} serve.py --profiles ${profileDirectory} --port ${port}',
    ignoreFocusOut: true,
  });
  if (!command?.trim()) throw new CancellationError();
  await workspace
    .getConfiguration('hotline')
    .update('server.command', command, ConfigurationTarget.Workspace);
  return { kind: 'command', command, folder };
}
