import { CancellationError, window } from 'vscode';
import { log } from './log';

/** A button beside an error's sentence and what it does. */
export interface Remedy {
  readonly title: string;
  run(): unknown;
}

/** An error that a person can act on: one clear sentence, remedies, and details for the log. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    readonly remedies: readonly Remedy[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs a command, a message handler or a timer; shows a failure as a sentence and logs the rest. */
export async function withErrorHandling<T>(
  what: string,
  action: () => T | PromiseLike<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof CancellationError)) void showError(what, error);
    return undefined;
  }
}

async function showError(what: string, error: unknown): Promise<void> {
  log().error(what, error instanceof Error ? error : String(error));
  if (error instanceof Error && error.cause !== undefined) log().error('caused by', error.cause);
  const remedies = error instanceof UserError ? error.remedies : [];
  const showLog: Remedy = {
    title: 'Show Log',
    run: () => {
      log().show();
    },
  };
  const sentence =
    error instanceof UserError
      ? error.message
      : `${what} failed: ${error instanceof Error ? error.message : String(error)}`;
  const chosen = await window.showErrorMessage(
    sentence,
    ...[...remedies, showLog].map((remedy) => remedy.title),
  );
  const remedy = [...remedies, showLog].find(({ title }) => title === chosen);
  if (remedy) await withErrorHandling(remedy.title, () => remedy.run());
}
