import { pathsOn, type FileSystem } from './fileSystem';

/** How Python is started, and who said so. */
export interface Interpreter {
  /** Program and first arguments: `['py', '-3']` is one interpreter. */
  readonly command: readonly string[];
  readonly origin: 'pythonExtension' | 'workspaceEnvironment' | 'activeEnvironment' | 'searchPath';
}

export interface InterpreterSearch {
  /** The executable that is chosen in the Python extension, where it is there. */
  readonly selected: string | undefined;
  /** Where a virtual environment may be, nearest to the application first. */
  readonly directories: readonly string[];
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly platform: NodeJS.Platform;
  readonly files: FileSystem;
}

const environmentNames = ['.venv', 'venv', 'env'];

/**
 * The interpreter that runs the application: the Python extension's choice, a virtual environment
 * of the workspace, the one the editor was started in, `python3` (`py -3`, `python` on Windows).
 * `undefined` when there is none.
 */
export async function findInterpreter(search: InterpreterSearch): Promise<Interpreter | undefined> {
  const { selected, files } = search;
  if (selected !== undefined && (await files.isFile(selected))) {
    return { command: [selected], origin: 'pythonExtension' };
  }
  return (
    (await findWorkspaceEnvironment(search)) ??
    (await findActiveEnvironment(search)) ??
    (await findOnSearchPath(search))
  );
}

/** The folder of an application and those above it, up to and including the workspace's folder. */
export function directoriesUpTo(
  folder: string,
  directory: string,
  platform: NodeJS.Platform,
): string[] {
  const paths = pathsOn(platform);
  const inside = paths.relative(folder, directory);
  if (inside.startsWith('..') || paths.isAbsolute(inside)) return [directory, folder];
  const directories = [directory];
  for (let current = directory; paths.relative(folder, current) !== '';) {
    current = paths.dirname(current);
    directories.push(current);
  }
  return directories;
}

async function findWorkspaceEnvironment(
  search: InterpreterSearch,
): Promise<Interpreter | undefined> {
  const paths = pathsOn(search.platform);
  for (const directory of search.directories) {
    for (const name of environmentNames) {
      const executable = pythonOf(paths.join(directory, name), search);
      if (await search.files.isFile(executable)) {
        return { command: [executable], origin: 'workspaceEnvironment' };
      }
    }
  }
  return undefined;
}

async function findActiveEnvironment(search: InterpreterSearch): Promise<Interpreter | undefined> {
  const active = search.environment['VIRTUAL_ENV'];
  if (!active) return undefined;
  const executable = pythonOf(active, search);
  if (!(await search.files.isFile(executable))) return undefined;
  return { command: [executable], origin: 'activeEnvironment' };
}

async function findOnSearchPath(search: InterpreterSearch): Promise<Interpreter | undefined> {
  const paths = pathsOn(search.platform);
  const directories = (searchPath(search.environment) ?? '').split(paths.delimiter).filter(Boolean);
  for (const [program, ...rest] of searchPathCommands(search.platform)) {
    for (const directory of directories) {
      const executable = paths.join(directory, program);
      if (await search.files.isFile(executable)) {
        return { command: [executable, ...rest], origin: 'searchPath' };
      }
    }
  }
  return undefined;
}

function searchPathCommands(platform: NodeJS.Platform): readonly [string, ...string[]][] {
  return platform === 'win32' ? [['py.exe', '-3'], ['python.exe']] : [['python3'], ['python']];
}

/** The variable is `Path` on Windows, where names do not differ by case; a copy of it does. */
function searchPath(environment: Readonly<NodeJS.ProcessEnv>): string | undefined {
  return Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1];
}

function pythonOf(environment: string, { platform }: InterpreterSearch): string {
  return platform === 'win32'
    ? pathsOn(platform).join(environment, 'Scripts', 'python.exe')
    : pathsOn(platform).join(environment, 'bin', 'python');
}
