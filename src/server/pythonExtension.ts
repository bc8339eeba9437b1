import { setTimeout as sleep } from 'node:timers/promises';
import { extensions, type Uri } from 'vscode';
import { log } from '../platform/log';

/** The part of the Python extension's public interface that tells the chosen interpreter (since 2023.4). */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): { readonly id: string; readonly path: string };
    resolveEnvironment(environment: {
      readonly id: string;
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: Uri } } | undefined>;
  };
}

const id = 'ms-python.python';

/** It may discover environments for long; a server is started meanwhile with what can be found without it. */
const timeoutMs = 10_000;

export function hasPythonExtension(): boolean {
  return extensions.getExtension(id) !== undefined;
}

/** The interpreter that is chosen in the Python extension for a folder; `undefined` without it. */
export async function selectedInterpreter(folder: Uri): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtension>(id);
  if (!extension) return undefined;
  const asked = async (): Promise<string | undefined> => {
    const { environments } = await extension.activate();
    if (!environments) return undefined;
    const path = environments.getActiveEnvironmentPath(folder);
    return (await environments.resolveEnvironment(path))?.executable.uri?.fsPath;
  };
  try {
    return await Promise.race([asked(), sleep(timeoutMs, undefined)]);
  } catch (error) {
    log().warn('The Python extension does not tell its interpreter.', error);
    return undefined;
  }
}
