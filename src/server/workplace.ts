import type { WorkspaceFolder } from 'vscode';
import { log } from '../platform/log';
import { serverEnvironment } from './environment';
import { noInterpreter } from './failures';
import { disk } from './fileSystem';
import { selectedInterpreter } from './pythonExtension';
import { directoriesUpTo, findInterpreter } from './pythonInterpreter';

/** Where a server is started, and with what. */
export interface Workplace {
  readonly folder: WorkspaceFolder;
  readonly cwd: string;
  /** The interpreter as it is started; empty when none was found. */
  readonly python: readonly string[];
  /** Without the profiler. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Finds the interpreter for a directory of the workspace and makes its environment. */
export async function findWorkplace(
  folder: WorkspaceFolder,
  cwd: string,
  overrides: Readonly<Record<string, string | null>>,
): Promise<Workplace> {
  const interpreter = await findInterpreter({
    selected: await selectedInterpreter(folder.uri),
    directories: directoriesUpTo(folder.uri.fsPath, cwd, process.platform),
    environment: process.env,
    platform: process.platform,
    files: disk,
  });
  const python = interpreter?.command ?? [];
  log().info(`Interpreter (${interpreter?.origin ?? 'none'}): ${python.join(' ')}`);
  const environment = serverEnvironment({
    base: process.env,
    python: python[0],
    overrides,
    platform: process.platform,
  });
  return { folder, cwd, python, environment };
}

/** @throws ServerFailure when there is none. */
export function requireInterpreter({ python }: Workplace): void {
  if (python.length === 0) throw noInterpreter();
}
