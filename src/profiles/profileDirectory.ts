import { readdir } from 'node:fs/promises';
import { Coalescer } from './coalescer';
import { forEachLimited } from './concurrency';
import { FileIndex, type DirectorySpec } from './fileIndex';
import { INDEX_NAME } from './functionIndexFile';
import { find, fingerprint, foundBy, type Found } from './pathState';
import { PathWatch } from './pathWatch';
import type { EntryState, ProfileEntry } from './profileEntry';

/** Events are gathered for so long: `runprofileserver` makes, writes and renames a file within it. */
const GATHER_MS = 100;

/** What no event tells (an unmounted disk, a network file system) is found out so often. */
const HEARTBEAT_MS = 5_000;

/** More new files than this at a time are not requests being made but files being moved about. */
const BURST = 500;

/** System calls under way at a time; Node's pool has four threads. */
const CONCURRENCY = 16;

/** Whether a directory can be listed; `reason` continues a sentence that begins with its path. */
export type DirectoryState =
  | { readonly kind: 'listing' | 'listed' | 'missing' }
  | { readonly kind: 'problem'; readonly reason: string };

/** What a directory asks of its owner. */
export interface DirectoryHost {
  /** Entries came, went or changed. `arrived` are the paths of the rows written just now. */
  changed(arrived: readonly string[]): void;
  /** The path with slashes that a dotted one means, where that is known. */
  resolvePath(dotted: string): string | undefined;
  /** Something for the log. */
  report(message: string, error: unknown): void;
}

/**
 * The live index of one directory: lists it once, then follows it through one system watch. Files
 * are looked at (`stat`) only when they are new or changed, or when their name does not tell when
 * the request was.
 */
export class ProfileDirectory {
  readonly path: string;
  readonly #host: DirectoryHost;
  readonly #index: FileIndex;
  readonly #watch: PathWatch;
  readonly #update = new Coalescer(GATHER_MS, () => this.#bringUpToDate());
  readonly #heartbeat: NodeJS.Timeout;
  #state: DirectoryState = { kind: 'listing' };
  #reported = new Set<string>();
  #listAll = true;
  #lookAtAll = false;
  #fingerprint = '';

  constructor(spec: DirectorySpec, host: DirectoryHost) {
    this.path = spec.path;
    this.#host = host;
    this.#index = new FileIndex(spec, (dotted) => host.resolvePath(dotted));
    this.#watch = new PathWatch(spec.path, {
      changed: (name) => {
        this.#changed(name);
      },
      report: (message, error) => {
        host.report(message, error);
      },
    });
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref();
    void this.#update.now();
  }

  get state(): DirectoryState {
    return this.#state;
  }

  /** The files that are rows. */
  rows(): Iterable<ProfileEntry> {
    return this.#index.rows();
  }

  /** The files that are rows as soon as their content turns out to be a profile's. */
  candidates(): Iterable<ProfileEntry> {
    return this.#index.candidates();
  }

  get(name: string): ProfileEntry | undefined {
    return this.#index.get(name);
  }

  /** Lists the directory again and looks at every file that was looked at before. */
  async rescan(): Promise<void> {
    this.#listAll = true;
    this.#lookAtAll = true;
    await this.#update.now();
  }

  /** Finds out size and time of a file. */
  async look(name: string): Promise<void> {
    await this.#index.look(name, false);
    this.#tell();
  }

  /** Notes what the content of `checked` turned out to be, unless the file changed since. */
  setState(checked: ProfileEntry, state: EntryState): void {
    this.#index.setState(checked, state);
    this.#tell();
  }

  /** Drops an entry whose content is no profile, if it was a candidate only; returns whether it was. */
  dismiss(checked: ProfileEntry): boolean {
    return this.#index.dismiss(checked);
  }

  /** Works out the requests again, when the list of URLs has changed. */
  refreshRequests(): void {
    this.#index.refreshRequests();
  }

  dispose(): void {
    clearInterval(this.#heartbeat);
    this.#update.dispose();
    this.#watch.dispose();
  }

  #tell(): void {
    this.#host.changed(this.#index.takeArrived());
  }

  #changed(name: string | undefined): void {
    // What Hotline writes itself is no news.
    if (name?.startsWith(INDEX_NAME)) return;
    if (name === undefined) this.#listAll = true;
    else this.#reported.add(name);
    this.#update.request();
  }

  async #beat(): Promise<void> {
    if (fingerprint(await find(this.path)) === this.#fingerprint) return;
    this.#listAll = true;
    this.#update.request();
  }

  async #bringUpToDate(): Promise<void> {
    const reported = this.#reported;
    const lookAtAll = this.#lookAtAll;
    const listAll = this.#listAll || reported.size > BURST;
    this.#reported = new Set();
    this.#listAll = this.#lookAtAll = false;
    try {
      const found = await find(this.path);
      const missedEvents = await this.#watch.follow(found);
      this.#fingerprint = fingerprint(found);
      if (found.kind !== 'directory') this.#lose(found);
      else if (listAll || missedEvents) await this.#list(reported, lookAtAll);
      else await this.#look(reported, true);
    } catch (error) {
      this.#host.report(`Cannot follow ${this.path}`, error);
    }
  }

  #lose(found: Exclude<Found, { kind: 'directory' }>): void {
    this.#state = found;
    this.#index.clear();
    this.#tell();
  }

  async #list(reported: ReadonlySet<string>, lookAtAll: boolean): Promise<void> {
    const names = await this.#namesOfFiles();
    if (!names) return;
    const wasListed = this.#state.kind === 'listed' || this.#state.kind === 'missing';
    const added = await this.#index.reconcile(names);
    this.#state = { kind: 'listed' };
    if (wasListed && added.size <= BURST) await this.#look(added, true);
    else this.#tell();
    // The rows are there by now; those of unknown time find their place a little later.
    const again = this.#index
      .lookedAt()
      .filter((name) => !added.has(name) && (lookAtAll || reported.has(name)));
    await this.#look(again, true);
    await this.#look(this.#index.unplaced(), false);
  }

  async #look(names: Iterable<string>, written: boolean): Promise<void> {
    await forEachLimited(names, CONCURRENCY, (name) => this.#index.look(name, written));
    this.#tell();
  }

  async #namesOfFiles(): Promise<Set<string> | undefined> {
    try {
      const all = await readdir(this.path, { withFileTypes: true });
      const files = all.filter((each) => each.isFile() || each.isSymbolicLink());
      return new Set(files.map(({ name }) => name));
    } catch (error) {
      const found = foundBy(error);
      if (found.kind !== 'directory') this.#lose(found);
      return undefined;
    }
  }
}
