import {
  debug,
  workspace,
  type DebugConfiguration,
  type DebugConfigurationProvider,
  type Disposable,
  type WorkspaceFolder,
} from 'vscode';
import { DisposableStore } from '../platform/disposables';
import { UserError, withErrorHandling } from '../platform/errors';
import { requireTrust } from '../platform/workspaceTrust';
import { launchRequest, profiledLaunch } from './launchConfiguration';
import type { Profiler } from './profiler';

/** Types of the Python debugger, and of the Python extension before it. */
const debugTypes = ['debugpy', 'python'];

/** `"hotline": true` in a launch configuration of Python: the debugger starts the server profiled. */
export class DebugProfiling implements DebugConfigurationProvider, Disposable {
  readonly #profiler: Profiler;
  readonly #store = new DisposableStore();

  constructor(profiler: Profiler) {
    this.#profiler = profiler;
    for (const type of debugTypes) {
      this.#store.add(debug.registerDebugConfigurationProvider(type, this));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Variables are filled in by now, also those of `env`. A mistake starts the program unprofiled. */
  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
  ): Promise<DebugConfiguration> {
    const profiled = await withErrorHandling('Profiling the debugged server', () =>
      this.#profiled(folder, configuration),
    );
    return profiled ?? configuration;
  }

  async #profiled(
    folder: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
  ): Promise<DebugConfiguration> {
    const request = launchRequest(configuration);
    if (request.kind === 'none') return configuration;
    requireTrust('A server that is profiled runs code of this workspace');
    if (request.kind === 'wrong') throw new UserError(request.problem);
    const variables = await this.#profiler.variables({
      folder: folder ?? workspace.workspaceFolders?.[0],
      overrides: request.overrides,
    });
    const env = profiledLaunch(configuration, variables, process.env, process.platform);
    return { ...configuration, env };
  }
}
