import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * The first of some programs that is on PATH.
 * @param names without their ending, which Windows' PATHEXT tells
 */
export async function findProgram(
  names: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const directories = (environment['PATH'] ?? '').split(delimiter).filter((each) => each !== '');
  const endings = process.platform === 'win32' ? (environment['PATHEXT'] ?? '').split(';') : [''];
  for (const name of names) {
    for (const directory of directories) {
      for (const ending of endings) {
        const program = join(directory, name + ending);
        if (await isExecutable(program)) return program;
      }
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
