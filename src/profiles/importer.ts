import type {
  CollectedProcess,
  CollectedQuery,
  ImportedHistory,
  SampleCounts,
} from '../collector/api';
import { ProfileError } from '../core/model/errors';
import type { Annotations } from '../core/derive/annotations';
import type { TreeLimits } from '../core/derive/callTree';
import type { Comparison } from '../core/derive/comparison/comparison';
import type { LineReport } from '../core/derive/lineReport';
import type { RequestDetails } from '../core/derive/requestDetails';
import type { PrintedTable, TableDocument } from '../core/derive/tableDocument';
import type { ReadChoice } from '../core/formats/format';
import type { ComparedSource, ProfileSource } from '../core/profileSource';
import type { ExportOptions } from '../core/writers/writer';
import type { FunctionQuery, IndexAnswer } from './functionIndex';
import type {
  ExportedFile,
  ExportTarget,
  FlamegraphDocument,
  ImporterApi,
  ProfileSummary,
} from './importerApi';
import { WorkerClient } from './workerClient';
import type { ReadProgress } from './workerProtocol';

/** A row of the list is not worth more than this of a processor's time. */
const SUMMARY_LIMIT_MS = 30_000;

/** Parsed profiles that are kept for the next view of the same file. */
const KEPT_PROFILES = 4;

/** How often the warm-up runs: the first profile of 5 MB then reads about as fast as the second. */
const WARM_UP_ROUNDS = 5;

/** How a question may be called off. */
export interface ImportOptions {
  /** Aborting rejects with the signal's reason and stops the work, even in its middle. */
  readonly signal?: AbortSignal | undefined;
}

/** How a source is read. */
export interface ReadOptions extends ImportOptions {
  /** What of it is wanted, where it holds more than one profile can show. */
  readonly choice?: ReadChoice | undefined;
  /** Called now and then while several files are merged. */
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

/**
 * Reads profiles off the extension host's event loop: the `ImporterApi`, answered by worker threads.
 * There is one for what the user opens and one for the rows of the list, so that checking rows
 * never delays an open. Every method rejects with a `ProfileError` when the source does not read.
 */
export class Importer {
  readonly #opens: WorkerClient<ImporterApi>;
  readonly #rows: WorkerClient<ImporterApi>;
  #isWarm = false;

  /** @param workerPath the bundled `worker.ts`. */
  constructor(workerPath: string) {
    this.#opens = new WorkerClient(workerPath, { keptProfiles: KEPT_PROFILES });
    // What was just summarized is indexed next.
    this.#rows = new WorkerClient(workerPath, { keptProfiles: 1 });
  }

  /** What a row needs of the file's content; gives up after half a minute. */
  async summary(path: string, { signal }: ImportOptions = {}): Promise<ProfileSummary> {
    const limit = AbortSignal.timeout(SUMMARY_LIMIT_MS);
    const either = signal ? AbortSignal.any([signal, limit]) : limit;
    try {
      const summary = await this.#rows.call('summary', [path], either);
      // Where rows are listed one will be opened.
      void this.#warmUp();
      return summary;
    } catch (error) {
      if (error !== limit.reason || !limit.aborted) throw error;
      const seconds = SUMMARY_LIMIT_MS / 1000;
      throw new ProfileError(`Reading it takes longer than ${seconds} seconds.`, 'tooLarge', {
        cause: error,
      });
    }
  }

  /** The speedscope document of the source, or its plot over time. */
  flamegraph(
    source: ProfileSource,
    title: string,
    limits: TreeLimits,
    { signal, choice, onProgress }: ReadOptions = {},
  ): Promise<FlamegraphDocument> {
    return this.#opens.call('flamegraph', [source, title, limits, choice], signal, onProgress);
  }

  /** The costs of the profile by source file. */
  annotations(
    source: ProfileSource,
    { signal, choice, onProgress }: ReadOptions = {},
  ): Promise<Annotations> {
    return this.#opens.call('annotations', [source, choice], signal, onProgress);
  }

  /** What the profile's lines cost, by function. */
  lineReport(source: ProfileSource, { signal, choice }: ReadOptions = {}): Promise<LineReport> {
    return this.#opens.call('lineReport', [source, choice], signal);
  }

  /** The profile's functions with their costs, callers and callees. */
  table(source: ProfileSource, { signal, choice }: ReadOptions = {}): Promise<TableDocument> {
    return this.#opens.call('table', [source, choice], signal);
  }

  /** What is shown of the profile's table, as `pstats.Stats.print_stats()` prints it. */
  printedTable(
    source: ProfileSource,
    printed: PrintedTable,
    { signal, choice }: ReadOptions = {},
  ): Promise<string> {
    return this.#opens.call('printedTable', [source, printed, choice], signal);
  }

  /** What there is to know of the profile's request at a glance. */
  requestDetails(
    source: ProfileSource,
    { signal, choice }: ReadOptions = {},
  ): Promise<RequestDetails> {
    return this.#opens.call('requestDetails', [source, choice], signal);
  }

  /** What changed from one side to the other; both are read anew. */
  compare(
    source: ComparedSource,
    limits: TreeLimits,
    { signal, choice, onProgress }: ReadOptions = {},
  ): Promise<Comparison> {
    return this.#opens.call('compare', [source, limits, choice], signal, onProgress);
  }

  /** How many samples of a collector's database a query has over time. */
  collectedCounts(
    database: string,
    query: CollectedQuery,
    bucketMs: number,
  ): Promise<SampleCounts> {
    return this.#rows.call('collectedCounts', [database, query, bucketMs]);
  }

  /** All processes that a collector's database has samples of. */
  collectedProcesses(database: string): Promise<CollectedProcess[]> {
    return this.#rows.call('collectedProcesses', [database]);
  }

  /** Adds what stackcollector gathered in a gdbm file to a collector's database. */
  importHistory(database: string, path: string): Promise<ImportedHistory> {
    return this.#rows.call('importHistory', [database, path]);
  }

  /** Appends what a file's functions cost to an index; `refused` where nothing may be written. */
  indexProfile(
    indexPath: string,
    path: string,
    { signal }: ImportOptions = {},
  ): Promise<'indexed' | 'refused'> {
    return this.#rows.call('indexProfile', [indexPath, path], signal);
  }

  /** Asks the indexes of one directory for functions. */
  searchIndexes(indexPaths: readonly string[], query: FunctionQuery): Promise<IndexAnswer> {
    return this.#opens.call('searchIndexes', [indexPaths, query]);
  }

  /** Writes an index anew when most of it is of other profiles than those of these names. */
  compactIndex(indexPath: string, names: ReadonlySet<string>): Promise<boolean> {
    return this.#rows.call('compactIndex', [indexPath, names]);
  }

  /** The formats that hold something of the profile. */
  exportTargets(
    source: ProfileSource,
    options: ExportOptions,
    { signal, choice }: ReadOptions = {},
  ): Promise<ExportTarget[]> {
    return this.#opens.call('exportTargets', [source, options, choice], signal);
  }

  /** The profile in another format. */
  exported(
    source: ProfileSource,
    id: string,
    options: ExportOptions,
    { signal, choice }: ReadOptions = {},
  ): Promise<ExportedFile> {
    return this.#opens.call('exported', [source, id, options, choice], signal);
  }

  dispose(): void {
    this.#opens.dispose();
    this.#rows.dispose();
  }

  /** Lets V8 compile what an open runs; in short calls, so that an open in its middle hardly waits. */
  async #warmUp(): Promise<void> {
    if (this.#isWarm) return;
    this.#isWarm = true;
    try {
      for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await this.#opens.call('warmUp', []);
    } catch {
      // The first profile reads more slowly, and that is all.
    }
  }
}
