import { CancellationError, ProgressLocation, window } from 'vscode';
import { InstallError, installPySpy } from '../../attach/pySpyInstall';
import { UserError } from '../../platform/errors';

const INSTALL = 'Install py-spy';

/**
 * Asks whether py-spy shall be installed into an environment of ours, and does it.
 * @param python the interpreter that the environment is made of; empty where none was found
 * @param folder of the environment
 * @returns the program; `undefined` where the answer was no
 */
export async function offerPySpy(
  python: readonly string[],
  folder: string,
): Promise<string | undefined> {
  if (python.length === 0)
    throw new UserError(
      'py-spy is not installed, and no Python to install it with was found: install it yourself and set hotline.attach.pySpy.',
    );
  const detail = [
    'py-spy samples a running Python process from outside: nothing is put into the process.',
    `“pip install py-spy” downloads it from PyPI, or from the index that pip is set to, into an environment of Hotline’s own: ${folder}`,
    `It is made with ${python.join(' ')}. Your project and its environment stay as they are.`,
  ].join('\n\n');
  const options = { modal: true, detail };
  const answer = await window.showInformationMessage(
    'py-spy is not installed. Install it for Hotline?',
    options,
    INSTALL,
  );
  return answer === INSTALL ? install(python, folder) : undefined;
}

async function install(python: readonly string[], folder: string): Promise<string> {
  const abort = new AbortController();
  const options = {
    location: ProgressLocation.Notification,
    title: 'Installing py-spy',
    cancellable: true,
  };
  try {
    return await window.withProgress(options, (_, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      return installPySpy({ python, folder, signal: abort.signal });
    });
  } catch (cause) {
    if (abort.signal.aborted) throw new CancellationError();
    throw cause instanceof InstallError ? new UserError(cause.message, [], { cause }) : cause;
  }
}
