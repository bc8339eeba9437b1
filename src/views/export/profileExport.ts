import type { Disposable } from 'vscode';
import { registerCommands } from '../../platform/commands';
import { DisposableStore } from '../../platform/disposables';
import type { ChosenProfile, ProfileExporter } from './exportedProfile';
import { KCacheGrind } from './kcachegrind';
import { saveExport } from './saveExport';

export interface ProfileExportOptions {
  readonly exporter: ProfileExporter;
  /**
   * The profile that a command is for.
   * @param argument what the menu gives: a row of the explorer, or what a tab's menu has
   * @throws UserError where none is chosen
   */
  chosen(argument: unknown): ChosenProfile;
}

/** The commands by which profiles leave: to a file, or to KCacheGrind. */
export class ProfileExport implements Disposable {
  readonly #store = new DisposableStore();

  constructor(options: ProfileExportOptions) {
    const { exporter } = options;
    const kcachegrind = this.#store.add(new KCacheGrind(exporter));
    this.#store.add(
      registerCommands({
        exportProfile: (argument: unknown) => saveExport(exporter, options.chosen(argument)),
        openInKCacheGrind: (argument: unknown) => kcachegrind.open(options.chosen(argument)),
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}
