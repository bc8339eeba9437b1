import { realpath, stat } from 'node:fs/promises';
import {
  EventEmitter,
  RelativePattern,
  Uri,
  workspace,
  type Disposable,
  type Event,
  type WorkspaceFolder,
} from 'vscode';
import { bestSuffixMatch, isSameLibraryFile, sourceCandidates } from '../core/sourcePath';
import { DisposableStore } from './disposables';
import { UserError } from './errors';
import { ADD_PATH_MAPPING, pathMappings } from './pathMappings';
import { showSource } from './showSource';

/** Where a workspace's copies of its libraries are: a library's file is found by its path or not at all. */
const NOT_SEARCHED =
  '**/{node_modules,site-packages,dist-packages,__pycache__,.git,.hg,.svn,.tox,.nox,.venv,venv}/**';

/** Files of one name beyond which an end of a path is no longer looked for. */
const MOST_OF_ONE_NAME = 2_000;

/** A place in a profiled program. */
export interface SourcePlace {
  /** Of the function, for messages. */
  readonly name: string;
  /** As the profile has it; `undefined` for what has no source, such as built-ins. */
  readonly file: string | undefined;
  /** 1-based. */
  readonly line: number | undefined;
}

/** Finds the files that profiled paths mean on this machine. */
export class SourceFiles implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #located = new Map<string, Promise<Uri | undefined>>();
  readonly #ofName = new Map<string, Promise<readonly string[]>>();
  readonly #changed = this.#owned.add(new EventEmitter<void>());

  /** Fired when a path may mean another file than before. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    const folders = workspace.workspaceFolders ?? [];
    for (const folder of folders) this.#watch(folder);
    this.#owned.add(
      workspace.onDidChangeWorkspaceFolders(({ added }) => {
        for (const folder of added) this.#watch(folder);
        this.#forget();
      }),
    );
    this.#owned.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('hotline.pathMappings')) this.#forget();
      }),
    );
  }

  /**
   * The regular file that a profiled path means: by `hotline.pathMappings`, else the path itself,
   * else the one file of the workspace whose path ends alike. `undefined` where there is none.
   */
  locate(profiledPath: string): Promise<Uri | undefined> {
    return remember(this.#located, profiledPath, async () => {
      for (const candidate of this.#candidates(profiledPath)) {
        if (await isRegularFile(candidate)) return Uri.file(candidate);
      }
      const match = bestSuffixMatch(profiledPath, await this.#filesNamedLike(profiledPath));
      return match === undefined ? undefined : Uri.file(match);
    });
  }

  /** Whether a profiled path means a file of the workspace. */
  async isInWorkspace(profiledPath: string): Promise<boolean> {
    const located = await this.locate(profiledPath);
    return located !== undefined && workspace.getWorkspaceFolder(located) !== undefined;
  }

  /**
   * Whether a profiled path means this file, be it through a symbolic link. A library's file that is
   * not here as it was profiled, as when that was in a container, is that of any installation.
   */
  async means(profiledPath: string, file: Uri): Promise<boolean> {
    if (file.scheme !== 'file') return false;
    const located = await this.locate(profiledPath);
    if (located === undefined) return isSameLibraryFile(profiledPath, file.fsPath);
    if (located.toString() === file.toString()) return true;
    return (await realPath(located.fsPath)) === (await realPath(file.fsPath));
  }

  /**
   * Opens the source of a place, as text and nothing else.
   *
   * @throws UserError when it has no source, or none that is found or can be shown here
   */
  async open({ name, file, line }: SourcePlace): Promise<void> {
    if (file === undefined || isNoFile(file)) {
      throw new UserError(`${name} has no source file: it is built in or was made while running.`);
    }
    const located = await this.locate(file);
    if (!located) {
      throw new UserError(
        `The source of ${name}, ${file}, is not on this machine: tell by a path mapping where it is.`,
        [ADD_PATH_MAPPING],
      );
    }
    await showSource(located, line);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #candidates(profiledPath: string): string[] {
    const folders = workspace.workspaceFolders ?? [];
    return sourceCandidates(profiledPath, {
      mappings: pathMappings(folders),
      workspaceFolders: folders.map(({ uri }) => uri.fsPath),
      platform: process.platform,
    });
  }

  #filesNamedLike(profiledPath: string): Promise<readonly string[]> {
    const name = sourceName(profiledPath);
    return remember(this.#ofName, name, async () => {
      if (name === '' || isNoFile(profiledPath)) return [];
      const pattern = `**/${name.replace(/[*?[\]{}!]/g, '[$&]')}`;
      const found = await workspace.findFiles(pattern, NOT_SEARCHED, MOST_OF_ONE_NAME);
      return found.length < MOST_OF_ONE_NAME ? found.map(({ fsPath }) => fsPath) : [];
    });
  }

  #watch(folder: WorkspaceFolder): void {
    const watcher = this.#owned.add(
      workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*'), false, true, false),
    );
    const forget = ({ path }: Uri): void => {
      const name = sourceName(path);
      // What has no extension may be a folder of files that were asked for.
      if (this.#ofName.has(name) || !name.includes('.')) this.#forget();
    };
    this.#owned.add(watcher.onDidCreate(forget));
    this.#owned.add(watcher.onDidDelete(forget));
  }

  #forget(): void {
    if (this.#located.size === 0) return;
    this.#located.clear();
    this.#ofName.clear();
    this.#changed.fire();
  }
}

/** The name of a profiled file's source, whichever system the path is of. */
export function sourceName(profiledPath: string): string {
  const name = profiledPath.slice(
    Math.max(profiledPath.lastIndexOf('/'), profiledPath.lastIndexOf('\\')) + 1,
  );
  return name.replace(/\.py[co]$/, '.py');
}

/** Whether a code object's file name is one that Python makes up, as in `<string>`. */
function isNoFile(profiledPath: string): boolean {
  return profiledPath === '~' || /^<.*>$/.test(sourceName(profiledPath));
}

function remember<T>(
  cache: Map<string, Promise<T>>,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const finding = find();
  cache.set(key, finding);
  finding.catch(() => cache.delete(key));
  return finding;
}

async function isRegularFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}
