import { setTimeout as delay } from 'node:timers/promises';
import { CancellationError, ProgressLocation, window } from 'vscode';
import { ProfileError } from '../../core/model/errors';
import type { ProfileSource } from '../../core/profileSource';
import type { ExportOptions } from '../../core/writers/writer';
import { UserError } from '../../platform/errors';
import { setting } from '../../platform/settings';
import type { Importer } from '../../profiles/importer';
import type { ExportTarget } from '../../profiles/importerApi';
import type { ShownChoice } from '../../protocol/flamegraph';

/** What takes longer than this shows its progress. */
const QUICK_MS = 700;

/** What the export asks of the worker. */
export type ProfileExporter = Pick<Importer, 'exportTargets' | 'exported'>;

/** The profile that a command is for. */
export interface ChosenProfile {
  readonly path: ProfileSource;
  /** For people: the request, or the file's name. */
  readonly title: string;
  /** What is shown of a file that holds more than one profile can show. */
  readonly choice: ShownChoice | undefined;
}

/** Asks the worker about one profile; what takes long shows its progress and can be cancelled. */
export class ExportedProfile {
  readonly #exporter: ProfileExporter;
  readonly #profile: ChosenProfile;

  constructor(exporter: ProfileExporter, profile: ChosenProfile) {
    this.#exporter = exporter;
    this.#profile = profile;
  }

  /** The formats that hold something of it. */
  targets(): Promise<ExportTarget[]> {
    const { path, choice } = this.#profile;
    return this.#ask('Reading', (signal) =>
      this.#exporter.exportTargets(path, this.#options(), { signal, choice }),
    );
  }

  /** The bytes of the file in the format of this id. */
  async write(id: string): Promise<Uint8Array> {
    const { path, choice } = this.#profile;
    const { bytes } = await this.#ask('Exporting', (signal) =>
      this.#exporter.exported(path, id, this.#options(), { signal, choice }),
    );
    return bytes;
  }

  /** @throws CancellationError where the user does not want to wait */
  async #ask<T>(verb: string, question: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { title } = this.#profile;
    const abort = new AbortController();
    const answer = question(abort.signal);
    try {
      if (await isSettledWithin(QUICK_MS, answer)) return await answer;
      const options = {
        location: ProgressLocation.Notification,
        title: `${verb} “${title}”`,
        cancellable: true,
      };
      return await window.withProgress(options, (_, token) => {
        token.onCancellationRequested(() => {
          abort.abort(new CancellationError());
        });
        return answer;
      });
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      throw new UserError(`“${title}” cannot be exported. ${error.message}`, [], { cause: error });
    }
  }

  #options(): ExportOptions {
    return {
      title: this.#profile.title,
      limits: {
        minimumShare: setting('callTree.minimumShare'),
        maximumNodes: setting('callTree.maximumNodes'),
      },
    };
  }
}

async function isSettledWithin(milliseconds: number, answer: Promise<unknown>): Promise<boolean> {
  const settled = answer.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, delay(milliseconds, false, { ref: false })]);
}
