import { EventEmitter, workspace, type Disposable, type Memento } from 'vscode';
import type { Endpoint, EndpointStatus } from '../../collector/api';
import { Collector } from '../../collector/collector';
import { DatabaseError } from '../../collector/storage/sqlite';
import { DisposableStore } from '../../platform/disposables';
import { UserError, withErrorHandling } from '../../platform/errors';
import { log } from '../../platform/log';
import { setting } from '../../platform/settings';
import { Coalescer } from '../../profiles/coalescer';
import { allowedEndpoints } from './collectorEntries';
import type { CollectorSettings } from './collectorSettings';
import type { EndpointTokens } from './endpointTokens';

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
const MEBIBYTE = 1024 * 1024;

/** Settings that come together make one change. */
const SETTLE_MS = 50;

/** Addresses that a person paused in this workspace. */
const PAUSED = 'collector.paused';

/** What collecting is given by the rest of the extension. */
export interface CollectingOptions {
  readonly settings: CollectorSettings;
  readonly tokens: EndpointTokens;
  readonly workspaceState: Memento;
  /** File system path. */
  readonly database: string;
}

/** Collects from what the settings say, as long as the window is open. */
export class Collecting implements Disposable {
  readonly #options: CollectingOptions;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new EventEmitter<void>());
  readonly #applying = this.#owned.add(new Coalescer(SETTLE_MS, () => this.#apply()));
  /** Absent until there is something to collect from: then there is no database either. */
  #collector: Collector | undefined;

  /** The state of an endpoint changed, or samples came. */
  readonly onDidChange = this.#changes.event;

  constructor(options: CollectingOptions) {
    this.#options = options;
    const request = (): void => {
      this.#applying.request();
    };
    this.#owned.add(options.settings.onDidChange(request));
    this.#owned.add(options.tokens.onDidChange(request));
    this.#owned.add(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hotline.collector')) request();
      }),
    );
    request();
  }

  /** Of all endpoints that are collected from. */
  get statuses(): readonly EndpointStatus[] {
    return this.#collector?.statuses() ?? [];
  }

  /** Leaves endpoints alone, in this workspace, or asks them again. */
  async setPaused(endpoints: readonly Endpoint[], isPaused: boolean): Promise<void> {
    const paused = new Set(this.#paused);
    for (const { url } of endpoints) {
      if (isPaused) paused.add(url);
      else paused.delete(url);
      if (isPaused) this.#collector?.pause(url);
      else this.#collector?.resume(url);
    }
    await this.#options.workspaceState.update(PAUSED, [...paused]);
  }

  dispose(): void {
    this.#owned.dispose();
    void this.#collector?.dispose();
    this.#collector = undefined;
  }

  get #paused(): readonly string[] {
    return this.#options.workspaceState.get<readonly string[]>(PAUSED, []);
  }

  async #apply(): Promise<void> {
    await withErrorHandling('Collectors', async () => {
      const { settings, tokens } = this.#options;
      const endpoints = allowedEndpoints(settings.entries);
      if (endpoints.length === 0 && !this.#collector) return;
      const wanted = await Promise.all(
        endpoints.map(async (endpoint) => ({ endpoint, token: await tokens.get(endpoint) })),
      );
      const collector = (this.#collector ??= this.#start());
      collector.setInterval(setting('collector.interval') * SECOND_MS);
      collector.setRetention({
        minutesMs: setting('collector.hoursByMinute') * HOUR_MS,
        maximumBytes: setting('collector.maxSize') * MEBIBYTE,
      });
      collector.setEndpoints(wanted);
      for (const url of this.#paused) collector.pause(url);
    });
  }

  #start(): Collector {
    const { database } = this.#options;
    try {
      const collector = new Collector({
        database,
        log: (line) => {
          log().info(line);
        },
      });
      this.#owned.add(
        collector.onDidChange(() => {
          this.#changes.fire();
        }),
      );
      return collector;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      throw new UserError(error.message, [], { cause: error });
    }
  }
}
