import { stat } from 'node:fs/promises';
import {
  ConfigurationTarget,
  ThemeIcon,
  Uri,
  window,
  workspace,
  type QuickInputButton,
  type QuickPickItem,
} from 'vscode';
import { UserError } from '../../platform/errors';
import { setting } from '../../platform/settings';
import {
  DirectoryPathError,
  expandDirectory,
  processVariables,
  settingFor,
} from '../../profiles/directoryPath';

const REMOVE: QuickInputButton = {
  iconPath: new ThemeIcon('close'),
  tooltip: 'Remove from the list (nothing is deleted)',
};
const MAKE_FIRST: QuickInputButton = {
  iconPath: new ThemeIcon('arrow-up'),
  tooltip: 'Move to the top: the server writes its profiles here',
};

interface DirectoryItem extends QuickPickItem {
  /** What is done when the item is accepted. */
  accept?(): Promise<void>;
  /** The item of the setting that it stands for. */
  readonly text?: string;
}

/** Asks for a directory (to be picked, typed or pasted) and adds it to the profile directories. */
export async function chooseDirectory(): Promise<void> {
  const pick = window.createQuickPick<DirectoryItem>();
  pick.title = 'Profile directories';
  pick.placeholder = 'Browse, or type or paste the path of a directory';
  const refresh = (): void => {
    pick.items = itemsFor(pick.value.trim());
  };
  pick.onDidChangeValue(refresh);
  pick.onDidTriggerItemButton(async ({ item, button }) => {
    if (item.text === undefined) return;
    await writeDirectories(
      button === REMOVE ? without(item.text) : [item.text, ...without(item.text)],
    );
    refresh();
  });
  refresh();
  try {
    const chosen = await accepted(pick);
    await chosen?.accept?.();
  } finally {
    pick.dispose();
  }
}

/**
 * Adds directories to the setting.
 * @param texts as they may stand in the setting
 * @throws UserError when one of them is not a directory
 */
export async function addDirectories(texts: readonly string[]): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const known = setting('profileDirectories', workspace.workspaceFolders?.[0]);
  const paths = new Set(known.map((text) => expandedOrSame(text)));
  const added: string[] = [];
  for (const text of texts) {
    const path = await checkedDirectory(text);
    if (paths.has(path)) continue;
    paths.add(path);
    added.push(text === path ? settingFor(path, folder) : text);
  }
  if (added.length > 0) await writeDirectories([...known, ...added]);
}

function itemsFor(typed: string): DirectoryItem[] {
  const texts = setting('profileDirectories', workspace.workspaceFolders?.[0]);
  const current = texts.map((text, index): DirectoryItem => ({
    label: text,
    description: index === 0 ? 'the server writes here' : '',
    iconPath: new ThemeIcon('folder'),
    buttons: index === 0 ? [REMOVE] : [MAKE_FIRST, REMOVE],
    text,
  }));
  const browse: DirectoryItem = {
    label: 'Browse…',
    iconPath: new ThemeIcon('folder-opened'),
    alwaysShow: true,
    accept: browseForDirectory,
  };
  const add: DirectoryItem = {
    label: `Add ${typed}`,
    iconPath: new ThemeIcon('add'),
    alwaysShow: true,
    accept: () => addDirectories([typed]),
  };
  return [...(typed === '' || texts.includes(typed) ? [] : [add]), browse, ...current];
}

async function browseForDirectory(): Promise<void> {
  const uris = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: 'Show profiles',
    title: 'Choose profile directory',
  });
  if (uris) await addDirectories(uris.map(({ fsPath }) => fsPath));
}

function accepted<T extends QuickPickItem>(pick: {
  onDidAccept(listener: () => void): unknown;
  onDidHide(listener: () => void): unknown;
  show(): void;
  hide(): void;
  readonly selectedItems: readonly T[];
}): Promise<T | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
    pick.show();
  });
}

async function checkedDirectory(text: string): Promise<string> {
  const path = expanded(text);
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw new UserError(`There is no directory ${path}: check its spelling.`);
  if (!stats.isDirectory()) {
    throw new UserError(`${path} is a file: choose the directory that it is in.`);
  }
  return path;
}

function expanded(text: string): string {
  try {
    return expandDirectory(text, processVariables(workspace.workspaceFolders?.[0]?.uri.fsPath));
  } catch (error) {
    if (error instanceof DirectoryPathError) throw new UserError(error.message);
    throw error;
  }
}

function expandedOrSame(text: string): string {
  try {
    return expanded(text);
  } catch {
    return text;
  }
}

function without(text: string): string[] {
  const texts = setting('profileDirectories', workspace.workspaceFolders?.[0]);
  return texts.filter((each) => each !== text);
}

/** Writes the setting where it takes effect: an untrusted workspace's own settings do not. */
async function writeDirectories(texts: readonly string[]): Promise<void> {
  const ownSettings = workspace.isTrusted && workspace.workspaceFolders !== undefined;
  await workspace
    .getConfiguration('hotline')
    .update(
      'profileDirectories',
      texts,
      ownSettings ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
    );
}

/** The file system paths of a list of URIs as one drags it: one a line, `#` for comments. */
export function pathsOfUriList(list: string): string[] {
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Uri.parse(line))
    .filter(({ scheme }) => scheme === 'file' || scheme === 'vscode-remote')
    .map(({ fsPath }) => fsPath);
}
