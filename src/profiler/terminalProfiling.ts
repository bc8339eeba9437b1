import {
  MarkdownString,
  StatusBarAlignment,
  window,
  workspace,
  type Disposable,
  type GlobalEnvironmentVariableCollection,
  type Memento,
  type StatusBarItem,
} from 'vscode';
import { registerCommands, setContext } from '../platform/commands';
import { DisposableStore } from '../platform/disposables';
import { withErrorHandling } from '../platform/errors';
import { openFolders } from '../platform/workspaceFolders';
import { requireTrust } from '../platform/workspaceTrust';
import type { Profiler } from './profiler';
import { delimiter } from './profilerVariables';

const stateKey = 'profiler.terminals';

export interface TerminalProfilingOptions {
  readonly profiler: Profiler;
  /** Remembers for the workspace whether it is on. */
  readonly workspaceState: Memento;
  readonly environment: GlobalEnvironmentVariableCollection;
}

/** *Profile servers started in the terminal*: the profiler's variables in every new terminal. */
export class TerminalProfiling implements Disposable {
  readonly #options: TerminalProfilingOptions;
  readonly #store = new DisposableStore();
  readonly #item: StatusBarItem;

  constructor(options: TerminalProfilingOptions) {
    this.#options = options;
    this.#item = this.#store.add(
      window.createStatusBarItem('hotline.terminals', StatusBarAlignment.Left),
    );
    this.#item.name = 'Hotline: profiled terminals';
    this.#item.text = '$(flame) Terminals profiled';
    this.#item.command = 'hotline.stopProfilingTerminals';
    this.#store.add(
      registerCommands({
        profileTerminals: () => this.#start(),
        stopProfilingTerminals: () => this.#stop(),
      }),
    );
    const refresh = (): void => {
      void withErrorHandling('Profiling servers started in the terminal', () => this.#refresh());
    };
    this.#store.add(
      workspace.onDidChangeConfiguration((change) => {
        const settings = ['hotline', 'terminal.integrated.env'];
        if (settings.some((name) => change.affectsConfiguration(name))) refresh();
      }),
    );
    this.#store.add(workspace.onDidChangeWorkspaceFolders(refresh));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(refresh));
    refresh();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #isOn(): boolean {
    return workspace.isTrusted && this.#options.workspaceState.get<boolean>(stateKey, false);
  }

  async #start(): Promise<void> {
    requireTrust('Servers that are profiled run code of this workspace');
    openFolders(); // Without one there is nowhere to leave profiles.
    await this.#options.workspaceState.update(stateKey, true);
    await this.#refresh();
    const answer = await window.showInformationMessage(
      'Python servers that you start in terminals opened from now on leave a profile of each request.',
      'New Terminal',
    );
    if (answer === 'New Terminal') window.createTerminal().show();
  }

  async #stop(): Promise<void> {
    await this.#options.workspaceState.update(stateKey, undefined);
    await this.#refresh();
  }

  /** Brings the terminals' environment and the status bar to what is remembered and set. */
  async #refresh(): Promise<void> {
    setContext('profilingTerminals', this.#isOn());
    if (!this.#isOn()) {
      this.#options.environment.clear();
      this.#item.hide();
      return;
    }
    const folder = workspace.workspaceFolders?.[0];
    const { bootstrap, variables } = await this.#options.profiler.variables({ folder });
    // It may have been turned off meanwhile.
    if (!this.#isOn()) return;
    const { environment } = this.#options;
    environment.clear();
    environment.description = new MarkdownString(
      'Profiles the requests of Python servers. Turn off with *Hotline: Stop profiling servers started in the terminal*.',
    );
    this.#addPythonPath(bootstrap);
    for (const [name, value] of Object.entries(variables)) environment.replace(name, value);
    this.#item.tooltip = `Python servers started in a new terminal leave a profile of each request in ${variables['HOTLINE_DIRECTORY'] ?? ''}. Click to turn this off.`;
    this.#item.show();
  }

  /** What is prepended to nothing would end in a separator, which to Python is the current directory. */
  #addPythonPath(bootstrap: string): void {
    const { environment } = this.#options;
    if (terminalPythonPath()) {
      environment.prepend('PYTHONPATH', bootstrap + delimiter(process.platform));
    } else {
      environment.replace('PYTHONPATH', bootstrap);
    }
  }
}

/** PYTHONPATH as terminals have it without extensions. */
function terminalPythonPath(): string | null | undefined {
  const names: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows', darwin: 'osx' };
  const name = names[process.platform] ?? 'linux';
  const own = workspace
    .getConfiguration('terminal.integrated.env')
    .get<Record<string, string | null>>(name, {});
  return 'PYTHONPATH' in own ? own['PYTHONPATH'] : process.env['PYTHONPATH'];
}
