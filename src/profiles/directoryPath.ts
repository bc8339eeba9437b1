import { homedir } from 'node:os';
import { isAbsolute, join, normalize, sep } from 'node:path';

/** What the variables of a directory setting stand for. */
export interface DirectoryVariables {
  /** Absolute path; `undefined` where no folder is open. */
  readonly workspaceFolder: string | undefined;
  readonly home: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/** A directory of the setting that cannot be used. The message is one sentence for a person. */
export class DirectoryPathError extends Error {
  override readonly name = 'DirectoryPathError';
}

/** The variables as this process has them. */
export function processVariables(workspaceFolder: string | undefined): DirectoryVariables {
  return { workspaceFolder, home: homedir(), environment: process.env };
}

/**
 * The absolute path that an item of `hotline.profileDirectories` means: `${workspaceFolder}`, `~`,
 * `${env:NAME}`, `${NAME}` and `$NAME` are expanded, what is relative is below the workspace folder.
 * @throws DirectoryPathError when a variable is not set, or nothing says what it is relative to
 */
export function expandDirectory(text: string, variables: DirectoryVariables): string {
  const expanded = text
    .trim()
    .replace(/^~(?=$|[\\/])/, () => variables.home)
    .replace(
      /\$(?:\{(?:env:)?(\w+)\}|([A-Za-z_]\w*))/g,
      (_match, braced: string | undefined, bare: string | undefined) =>
        valueOf(braced ?? bare ?? '', text, variables),
    );
  if (expanded === '')
    throw new DirectoryPathError('hotline.profileDirectories has an empty item.');
  const path = isAbsolute(expanded)
    ? expanded
    : join(valueOf('workspaceFolder', text, variables), expanded);
  return withoutTrailingSeparator(normalize(path));
}

/** The item of the setting for a directory: `${workspaceFolder}/...` where it is below that. */
export function settingFor(directory: string, workspaceFolder: string | undefined): string {
  if (workspaceFolder === undefined || !directory.startsWith(workspaceFolder + sep)) {
    return directory;
  }
  const below = directory.slice(workspaceFolder.length).replaceAll(sep, '/');
  return `\${workspaceFolder}${below}`;
}

function valueOf(name: string, text: string, variables: DirectoryVariables): string {
  const value =
    name === 'workspaceFolder' ? variables.workspaceFolder : variables.environment[name];
  if (value) return value;
  throw new DirectoryPathError(
    name === 'workspaceFolder'
      ? `The profile directory ${text} needs an open folder.`
      : `The profile directory ${text} needs the environment variable ${name}, which is not set.`,
  );
}

function withoutTrailingSeparator(path: string): string {
  return path.length > 1 && path.endsWith(sep) && !/^[A-Za-z]:\\$/.test(path)
    ? path.slice(0, -1)
    : path;
}
