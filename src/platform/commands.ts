import { commands } from 'vscode';
import { DisposableStore } from './disposables';
import { withErrorHandling } from './errors';

/** Commands of one feature by their id without the `hotline.` before it. */
export type CommandMap = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Registers a feature's commands, each with error handling. */
export function registerCommands(map: CommandMap): DisposableStore {
  const store = new DisposableStore();
  for (const [name, run] of Object.entries(map)) {
    const id = `hotline.${name}`;
    store.add(
      commands.registerCommand(id, (...args: unknown[]) =>
        withErrorHandling(id, () => run(...(args as never[]))),
      ),
    );
  }
  return store;
}

/** Sets a context key that `when` clauses of the manifest use. */
export function setContext(key: string, value: unknown): void {
  void commands.executeCommand('setContext', `hotline.${key}`, value);
}
