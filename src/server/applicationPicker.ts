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
import { openFolders, type Folders } from '../platform/workspaceFolders';
import { applicationIn, findApplications, type FoundApplication } from './application';
import { ServerFailure } from './failures';
import { disk } from './fileSystem';

/** What is served: an application that was found, or whatever a command of the user starts. */
export type Application = { readonly folder: WorkspaceFolder } & (
  FoundApplication | { readonly kind: 'command'; readonly command: string }
);

interface Choice extends QuickPickItem {
  choose(): Promise<Application>;
}

/** How people call what is served. */
const kindNames = { django: 'Django', flask: 'Flask', asgi: 'ASGI' } as const;

/** Holds the file; what is in it is looked at again. */
const rememberedKey = 'server.application';

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
    const known = remembered === undefined ? undefined : await applicationIn(remembered, disk);
    if (known) return inFolder(known, folders);
    const [first, ...others] = await applicationsIn(folders);
    if (first === undefined) return this.#askWithoutApplication(folders, remembered);
    if (others.length === 0) return inFolder(first, folders);
    return this.#askWhich([first, ...others], folders);
  }

  /** Asks, whatever is known, and remembers the answer; throws as `pick` does. */
  async pickAnother(): Promise<void> {
    const folders = openFolders();
    await this.#askWhich(await applicationsIn(folders), folders);
  }

  async #askWhich(found: readonly FoundApplication[], folders: Folders): Promise<Application> {
    const choices = found.map((application): Choice => {
      const { kind, file } = application;
      const directory = dirname(file);
      const { folder } = inFolder(application, folders);
      return {
        label: kind === 'django' ? basename(directory) : basename(file),
        description: `${kindNames[kind]} · ${relative(dirname(folder.uri.fsPath), directory)}`,
        choose: () => this.#remember(application, folders),
      };
    });
    return ask([...choices, ...this.#otherWays(folders)], 'Which application is to be profiled?');
  }

  #askWithoutApplication(folders: Folders, gone: string | undefined): Promise<Application> {
    const what =
      gone === undefined
        ? 'No Django, Flask or FastAPI application was found in this workspace'
        : `There is no application in ${gone} any more`;
    return ask(this.#otherWays(folders), `${what}. How is it started?`);
  }

  #otherWays(folders: Folders): readonly Choice[] {
    return [
      {
        label: '$(folder-opened) Choose file…',
        description: 'manage.py, or the file that makes the Flask or FastAPI application',
        choose: () => this.#chooseFile(folders),
      },
      {
        label: '$(terminal) Enter a command…',
        description: 'that starts the server',
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

  async #chooseFile(folders: Folders): Promise<Application> {
    const [file] =
      (await window.showOpenDialog({
        defaultUri: folders[0].uri,
        filters: { Python: ['py'] },
        title: 'Choose the file of the application',
        openLabel: 'Use for profiled server',
      })) ?? [];
    if (!file) throw new CancellationError();
    const application = await applicationIn(file.fsPath, disk);
    if (application) return this.#remember(application, folders);
    throw new ServerFailure(
      'applicationMissing',
      `${file.fsPath} is no manage.py of a Django project and makes no Flask, FastAPI or Starlette application: choose another file or enter a command.`,
    );
  }

  async #remember(application: FoundApplication, folders: Folders): Promise<Application> {
    await this.#state.update(rememberedKey, application.file);
    return inFolder(application, folders);
  }
}

async function applicationsIn(folders: Folders): Promise<readonly FoundApplication[]> {
  const lists = await Promise.all(
    folders.map(({ uri }) => findApplications(uri.fsPath, disk, process.platform)),
  );
  const byFile = new Map(lists.flat().map((application) => [application.file, application]));
  return [...byFile.values()];
}

function inFolder(application: FoundApplication, folders: Folders): Application {
  const folder = workspace.getWorkspaceFolder(Uri.file(application.file)) ?? folders[0];
  return { ...application, folder };
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
    placeHolder: '${python} -m gunicorn --bind ${host}:${port} shop.wsgi',
    ignoreFocusOut: true,
  });
  if (!command?.trim()) throw new CancellationError();
  await workspace
    .getConfiguration('hotline')
    .update('server.command', command, ConfigurationTarget.Workspace);
  return { kind: 'command', command, folder };
}
