import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readFileName } from '../core/fileName';
import type { RequestFacts, SourcedRequest } from '../core/model/request';
import { yieldToEventLoop } from './concurrency';
import type { EntryState, ProfileEntry } from './profileEntry';
import { nameKind } from './profileName';
import { describeRequest } from './requestFacts';

/** Files of unknown names that are looked at for profiles, and the greatest size of one. */
const MAXIMUM_CANDIDATES = 1_000;
const MAXIMUM_CANDIDATE_BYTES = 64 * 1024 * 1024;

/** Names between which the event loop gets its turn. */
const SLICE = 5_000;

/** A directory and how the files in it are named. */
export interface DirectorySpec {
  /** Absolute. */
  readonly path: string;
  /** As `runprofileserver --prof-file` takes it. */
  readonly template: string;
}

interface Known {
  readonly fromName: SourcedRequest;
  /**
   * A `candidate` is not named like a profile and becomes a row when its content is one; it is
   * `dismissed` when its content is something else.
   */
  standing: 'row' | 'candidate' | 'dismissed';
  entry: ProfileEntry;
}

/** What is known of the files of one directory, by name. */
export class FileIndex {
  readonly #directory: DirectorySpec;
  /** What comes before a name in its path; joining 100,000 paths properly takes long. */
  readonly #prefix: string;
  readonly #resolvePath: (dotted: string) => string | undefined;
  readonly #known = new Map<string, Known>();
  /** Names of files written while the directory is watched, until `takeArrived` tells of them. */
  readonly #untold = new Set<string>();

  constructor(directory: DirectorySpec, resolvePath: (dotted: string) => string | undefined) {
    this.#directory = directory;
    this.#prefix = join(directory.path, sep);
    this.#resolvePath = resolvePath;
  }

  /** The files that are rows. */
  *rows(): Iterable<ProfileEntry> {
    for (const { standing, entry } of this.#known.values()) if (standing === 'row') yield entry;
  }

  /** The files whose content decides whether they are rows, those nobody has read yet. */
  *candidates(): Iterable<ProfileEntry> {
    for (const { standing, entry } of this.#known.values()) {
      if (standing === 'candidate' && entry.size !== 0) yield entry;
    }
  }

  get(name: string): ProfileEntry | undefined {
    return this.#known.get(name)?.entry;
  }

  clear(): void {
    this.#known.clear();
  }

  /** Removes what is not among the names, adds what is new among them and returns that. */
  async reconcile(names: ReadonlySet<string>): Promise<Set<string>> {
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
    const added = new Set<string>();
    let room = MAXIMUM_CANDIDATES - this.#countOthers();
    let count = 0;
    for (const name of names) {
      if (++count % SLICE === 0) await yieldToEventLoop();
      const known = this.#known.has(name) ? undefined : this.#describe(name);
      if (!known || (known.standing === 'candidate' && --room < 0)) continue;
      this.#known.set(name, known);
      added.add(name);
    }
    return added;
  }

  /** Names of files whose place in the list is not known before they were looked at. */
  unplaced(): string[] {
    return this.#namesWhere(
      ({ standing, entry }) =>
        standing !== 'dismissed' &&
        entry.modifiedMs === undefined &&
        entry.request.facts.endedMs === undefined,
    );
  }

  /** Names of files of which size and time are known. */
  lookedAt(): string[] {
    return this.#namesWhere(({ entry }) => entry.modifiedMs !== undefined);
  }

  /**
   * Looks at one file: adds, updates or removes it.
   * @param written whether the file is known to have been written just now
   */
  async look(name: string, written: boolean): Promise<void> {
    const before = this.#known.get(name);
    const known = before ?? this.#describe(name);
    if (!known) return;
    const stats = await stat(known.entry.path).catch(() => undefined);
    if (before !== this.#known.get(name)) return;
    if (!stats?.isFile() || (known.standing !== 'row' && stats.size > MAXIMUM_CANDIDATE_BYTES)) {
      this.#known.delete(name);
      return;
    }
    this.#known.set(name, known);
    const { modifiedMs, size, state } = known.entry;
    const same = modifiedMs === stats.mtimeMs && size === stats.size;
    // A file that did not read may read after a change of its permissions, which leaves its time.
    if (same && (!written || state.kind === 'readable')) return;
    if (known.standing === 'dismissed') known.standing = 'candidate';
    if (written && !same) this.#untold.add(name);
    this.#set(known, {
      ...known.entry,
      modifiedMs: stats.mtimeMs,
      size: stats.size,
      state: { kind: 'unchecked' },
    });
  }

  /** Notes what the content of `checked` turned out to be, unless the file changed since. */
  setState(checked: ProfileEntry, state: EntryState): void {
    const known = this.#unchanged(checked);
    if (!known) return;
    known.standing = 'row';
    this.#set(known, { ...known.entry, state });
  }

  /** Drops an entry whose content is no profile, if it was a candidate only; returns whether it was. */
  dismiss(checked: ProfileEntry): boolean {
    const known = this.#known.get(checked.name);
    if (!known || known.standing === 'row') return false;
    if (this.#unchanged(checked)) known.standing = 'dismissed';
    return true;
  }

  /** Works out every request again. */
  refreshRequests(): void {
    for (const known of this.#known.values()) this.#set(known, known.entry);
  }

  /** Paths of the rows that were written since this was last asked. */
  takeArrived(): string[] {
    const arrived: string[] = [];
    for (const name of this.#untold) {
      const known = this.#known.get(name);
      if (known?.standing === 'row') arrived.push(known.entry.path);
      if (known?.standing !== 'candidate') this.#untold.delete(name);
    }
    return arrived;
  }

  #countOthers(): number {
    return this.#namesWhere(({ standing }) => standing !== 'row').length;
  }

  #namesWhere(holds: (known: Known) => boolean): string[] {
    const names: string[] = [];
    for (const [name, known] of this.#known) if (holds(known)) names.push(name);
    return names;
  }

  #unchanged({ name, modifiedMs, size }: ProfileEntry): Known | undefined {
    const known = this.#known.get(name);
    const same = known?.entry.modifiedMs === modifiedMs && known?.entry.size === size;
    return same ? known : undefined;
  }

  #describe(name: string): Known | undefined {
    const fromName = readFileName(name, this.#directory.template);
    const kind = nameKind(name, fromName);
    if (kind === 'ignored') return undefined;
    const entry: ProfileEntry = {
      path: this.#prefix + name,
      directory: this.#directory.path,
      name,
      request: this.#requestOf(fromName, undefined, undefined),
      modifiedMs: undefined,
      size: undefined,
      state: { kind: 'unchecked' },
    };
    const standing = kind === 'profile' ? 'row' : 'candidate';
    return { fromName, standing, entry };
  }

  #set(known: Known, entry: ProfileEntry): void {
    const content = entry.state.kind === 'readable' ? entry.state.summary.request : undefined;
    const request = this.#requestOf(known.fromName, content, entry.modifiedMs);
    known.entry = { ...entry, request };
  }

  #requestOf(
    fromName: SourcedRequest,
    content: RequestFacts | undefined,
    modifiedMs: number | undefined,
  ): SourcedRequest {
    return describeRequest(fromName, { content, modifiedMs, resolvePath: this.#resolvePath });
  }
}
