import { join } from 'node:path';
import type { Disposable, ExtensionContext, Uri } from 'vscode';
import type {
  CollectedProcess,
  CollectedQuery,
  ImportedHistory,
  SampleCounts,
} from '../../collector/api';
import type { CollectedSource, ComparedSource } from '../../core/profileSource';
import { DisposableStore } from '../../platform/disposables';
import { CollectedProfiles } from './collectedProfiles';
import { Collecting } from './collecting';
import { CollectorSettings } from './collectorSettings';
import { CollectorsView } from './collectorsView';
import { EndpointTokens } from './endpointTokens';
import { TimelineView } from './timelineView';

const DATABASE = 'collected.sqlite';

/** What collecting is given by the rest of the extension. */
export interface CollectorsOptions {
  readonly extensionUri: Uri;
  /** Folder of the database: that of all windows, which collect as one. */
  readonly storage: string;
  readonly secrets: ExtensionContext['secrets'];
  readonly workspaceState: ExtensionContext['workspaceState'];
  readonly importer: {
    collectedCounts(
      database: string,
      query: CollectedQuery,
      bucketMs: number,
    ): Promise<SampleCounts>;
    collectedProcesses(database: string): Promise<CollectedProcess[]>;
    importHistory(database: string, path: string): Promise<ImportedHistory>;
  };
  open(source: CollectedSource): Promise<void>;
  compare(source: ComparedSource): Promise<void>;
}

/** Everything of collecting: what is collected from, the view of it, and what was collected over time. */
export class Collectors implements Disposable {
  readonly #owned = new DisposableStore();

  constructor(options: CollectorsOptions) {
    const { extensionUri, workspaceState, importer } = options;
    const database = join(options.storage, DATABASE);
    const tokens = new EndpointTokens(options.secrets);
    const settings = this.#owned.add(new CollectorSettings(workspaceState));
    const collecting = this.#owned.add(
      new Collecting({ settings, tokens, workspaceState, database }),
    );
    const history = {
      counts: (query: CollectedQuery, bucketMs: number) =>
        importer.collectedCounts(database, query, bucketMs),
      processes: () => importer.collectedProcesses(database),
    };
    const profiles = new CollectedProfiles({
      database,
      history,
      open: (source) => options.open(source),
      compare: (source) => options.compare(source),
    });
    const timeline = this.#owned.add(
      new TimelineView({
        extensionUri,
        history,
        show: (period, restriction) => profiles.open(period, restriction),
        compare: (before, after, restriction) => profiles.compare(before, after, restriction),
      }),
    );
    this.#owned.add(
      collecting.onDidChange(() => {
        timeline.refresh();
      }),
    );
    const importFile = (path: string): Promise<ImportedHistory> =>
      importer.importHistory(database, path);
    this.#owned.add(
      new CollectorsView({ settings, collecting, tokens, profiles, timeline, importFile }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
