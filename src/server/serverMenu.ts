import { window, type QuickPickItem } from 'vscode';
import type { ServerPlan } from './serverPlan';

/** What the menu of the status-bar item can do. */
export interface ServerMenuActions {
  openInBrowser(): unknown;
  showTerminal(): unknown;
  stop(): unknown;
  restart(): unknown;
  serveAnother(): unknown;
}

/** Offers what can be done with a running server; `plan` is `undefined` while it is being planned. */
export async function showServerMenu(
  plan: ServerPlan | undefined,
  actions: ServerMenuActions,
): Promise<void> {
  const item = (label: string, run: () => unknown): QuickPickItem & { run(): unknown } => ({
    label,
    run,
  });
  const choice = await window.showQuickPick(
    [
      item('$(globe) Open in browser', () => actions.openInBrowser()),
      item('$(terminal) Show terminal', () => actions.showTerminal()),
      item('$(debug-stop) Stop', () => actions.stop()),
      item('$(debug-restart) Restart', () => actions.restart()),
      ...(plan?.isCommand === false
        ? [item('$(list-selection) Serve another application…', () => actions.serveAnother())]
        : []),
    ],
    { title: 'Profiled server' },
  );
  await choice?.run();
}
