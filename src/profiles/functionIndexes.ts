import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ProfileError } from '../core/model/errors';
import type { Subscription } from './emitter';
import type { FunctionHit, FunctionQuery, IndexAnswer } from './functionIndex';
import { INDEX_NAME } from './functionIndexFile';
import type { Importer } from './importer';
import type { ProfileDirectories } from './profileDirectories';
import type { ProfileEntry } from './profileEntry';

/** Profiles that arrived and wait until they read; a search finds out about any others. */
const MOST_WAITING = 1_000;

/** The first and every so many profiles it is looked whether most of an index is outdated. */
const COMPACT_AFTER = 1_000;

/** What an index is asked. */
export interface IndexHost {
  readonly directories: Pick<ProfileDirectories, 'entries' | 'get' | 'onDidChange'>;
  readonly importer: Pick<Importer, 'indexProfile' | 'searchIndexes' | 'compactIndex'>;
  /** A directory for the indexes of directories that must not be written to. */
  readonly storage: string;
  /** Whether anything may be written next to the profiles. */
  mayWriteBeside(): boolean;
  /** Something for the log. */
  report(message: string, error: unknown): void;
}

/** What all indexes know of a function. */
export interface FunctionAnswer {
  /** By the path of the profile. */
  readonly hits: ReadonlyMap<string, readonly FunctionHit[]>;
  /** Profiles that are not in an index as they are now. */
  readonly missing: readonly ProfileEntry[];
}

/** How the indexing of profiles is followed and called off. */
export interface IndexingOptions {
  readonly signal: AbortSignal;
  /** Called after each profile. */
  readonly onProgress: () => void;
}

/**
 * The functions of all profiles with their times, in an index in each profile directory: appended
 * to as profiles arrive, and completed when it is asked. Everything is done by worker threads.
 */
export class FunctionIndexes {
  readonly #host: IndexHost;
  readonly #changes: Subscription;
  readonly #waiting = new Set<string>();
  /** Profiles that could not be indexed as they are. */
  readonly #failed = new Set<string>();
  /** Directories that refuse an index, and how many profiles were indexed of each directory. */
  readonly #refused = new Set<string>();
  readonly #counts = new Map<string, number>();

  constructor(host: IndexHost) {
    this.#host = host;
    this.#changes = host.directories.onDidChange(({ arrived }) => {
      for (const path of arrived) {
        this.#waiting.add(path);
        this.#failed.delete(path);
      }
      this.#indexArrived();
    });
  }

  /** Asks for a function; answers at once from what is indexed. */
  async search(query: FunctionQuery): Promise<FunctionAnswer> {
    const hits = new Map<string, readonly FunctionHit[]>();
    const missing: ProfileEntry[] = [];
    for (const [directory, entries] of this.#byDirectory()) {
      const paths = [this.#besideProfiles(directory), this.#inStorage(directory)];
      const answer = await this.#host.importer.searchIndexes(paths, query);
      for (const entry of entries) {
        const found = answer.hits.get(entry.name);
        if (isIndexed(entry, answer)) {
          if (found) hits.set(entry.path, found);
        } else if (this.#mayRead(entry)) missing.push(entry);
      }
    }
    return { hits, missing };
  }

  /** Indexes profiles, one after another; those that do not read are left out. */
  async complete(missing: readonly ProfileEntry[], options: IndexingOptions): Promise<void> {
    for (const entry of missing) {
      if (options.signal.aborted) return;
      await this.#index(entry);
      options.onProgress();
    }
  }

  dispose(): void {
    this.#changes.dispose();
    this.#waiting.clear();
  }

  #mayRead({ path, state }: ProfileEntry): boolean {
    return state.kind !== 'unreadable' && !this.#failed.has(path);
  }

  /** Indexes what is known to read by now, while the worker still has it. */
  #indexArrived(): void {
    for (const path of this.#waiting) {
      const entry = this.#host.directories.get(path);
      const state = entry?.state.kind;
      const tooMany = this.#waiting.size > MOST_WAITING;
      if (!tooMany && (state === 'unchecked' || state === 'writing')) continue;
      this.#waiting.delete(path);
      if (entry && state === 'readable') void this.#index(entry);
    }
  }

  async #index({ path, directory }: ProfileEntry): Promise<void> {
    const { importer } = this.#host;
    const index = this.#indexOf(directory);
    try {
      if (this.#countsTowardsCompaction(directory)) {
        await importer.compactIndex(index, this.#namesIn(directory));
      }
      if ((await importer.indexProfile(index, path)) === 'indexed') return;
      this.#refused.add(directory);
      await importer.indexProfile(this.#inStorage(directory), path);
    } catch (error) {
      this.#failed.add(path);
      // Of a file that does not read the explorer tells why.
      if (!(error instanceof ProfileError))
        this.#host.report(`${path} could not be indexed`, error);
    }
  }

  /** Counts a profile; whether it is time to look at the index as a whole. */
  #countsTowardsCompaction(directory: string): boolean {
    const count = this.#counts.get(directory) ?? 0;
    this.#counts.set(directory, count + 1);
    return count % COMPACT_AFTER === 0;
  }

  #namesIn(directory: string): Set<string> {
    return new Set(
      this.#byDirectory()
        .get(directory)
        ?.map(({ name }) => name),
    );
  }

  #byDirectory(): Map<string, ProfileEntry[]> {
    const byDirectory = new Map<string, ProfileEntry[]>();
    for (const entry of this.#host.directories.entries()) {
      const entries = byDirectory.get(entry.directory);
      if (entries) entries.push(entry);
      else byDirectory.set(entry.directory, [entry]);
    }
    return byDirectory;
  }

  #indexOf(directory: string): string {
    const beside = this.#host.mayWriteBeside() && !this.#refused.has(directory);
    return beside ? this.#besideProfiles(directory) : this.#inStorage(directory);
  }

  #besideProfiles(directory: string): string {
    return join(directory, INDEX_NAME);
  }

  #inStorage(directory: string): string {
    const hash = createHash('sha256').update(directory).digest('hex').slice(0, 32);
    return join(this.#host.storage, `${hash}${INDEX_NAME}`);
  }
}

/** Whether the index has the profile as it is now, as far as the file was looked at. */
function isIndexed({ name, size, modifiedMs }: ProfileEntry, answer: IndexAnswer): boolean {
  const stamp = answer.indexed.get(name);
  if (!stamp) return false;
  return modifiedMs === undefined || (stamp.size === size && stamp.modifiedMs === modifiedMs);
}
