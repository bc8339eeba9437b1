import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { resolveDottedPath } from '../core/urlPath';
import { Emitter } from './emitter';
import type { DirectorySpec } from './fileIndex';
import { ProfileDirectory, type DirectoryState } from './profileDirectory';
import type { EntryState, ProfileEntry } from './profileEntry';

/** What happened to the list of profiles. */
export interface ProfilesChange {
  /** Paths of the profiles that were written just now, as opposed to found or described anew. */
  readonly arrived: readonly string[];
}

/** A profile directory and whether it can be listed. */
export interface DirectoryStatus {
  readonly path: string;
  readonly state: DirectoryState;
}

/** All files of all profile directories, kept up to date. Knows nothing of settings or of vscode. */
export class ProfileDirectories {
  readonly #report: (message: string, error: unknown) => void;
  readonly #directories = new Map<string, { spec: DirectorySpec; directory: ProfileDirectory }>();
  readonly #changes = new Emitter<ProfilesChange>();
  readonly #slashedPaths = new Map<string, string | undefined>();
  #urlTemplates: readonly string[] = [];
  #entries: readonly ProfileEntry[] | undefined;

  /** Fires after entries came, went or changed; coalesce what is costly. */
  readonly onDidChange = this.#changes.event;

  /** @param report takes what belongs into a log. */
  constructor(report: (message: string, error: unknown) => void) {
    this.#report = report;
  }

  /** Says which directories to follow; those that are followed already are not listed again. */
  setDirectories(specs: readonly DirectorySpec[]): void {
    const kept = new Map(this.#directories);
    this.#directories.clear();
    for (const spec of specs) {
      const before = kept.get(spec.path);
      const same = before?.spec.template === spec.template;
      this.#directories.set(spec.path, same ? before : { spec, directory: this.#open(spec) });
      if (same) kept.delete(spec.path);
    }
    for (const { directory } of kept.values()) directory.dispose();
    this.#changed([]);
  }

  /** Says which URLs the server has (as `manage.py show_urls` prints them), to tell dots from slashes. */
  setUrlTemplates(templates: readonly string[]): void {
    this.#urlTemplates = templates;
    this.#slashedPaths.clear();
    for (const directory of this.#all()) directory.refreshRequests();
    this.#changed([]);
  }

  /** The server's URLs, as `setUrlTemplates` was told them last. */
  get urlTemplates(): readonly string[] {
    return this.#urlTemplates;
  }

  /** Every profile, in no particular order; the same array until something changes. */
  entries(): readonly ProfileEntry[] {
    this.#entries ??= this.#all().flatMap((directory) => [...directory.rows()]);
    return this.#entries;
  }

  /** Files that are not named like profiles and that nobody has read yet. */
  candidates(): ProfileEntry[] {
    return this.#all().flatMap((directory) => [...directory.candidates()]);
  }

  /** The entry of a file. */
  get(path: string): ProfileEntry | undefined {
    return this.#directoryOf(path)?.get(basename(path));
  }

  /** The directories, in the order of the setting. */
  directories(): DirectoryStatus[] {
    return this.#all().map(({ path, state }) => ({ path, state }));
  }

  /**
   * The directory in which a server leaves its profiles, made when it is not there: with a
   * `.gitignore` that keeps its content out of git, unless somebody else has put something there.
   * @throws when no directory is set, or it cannot be made
   */
  async ensureFirst(): Promise<string> {
    const [first] = this.#all();
    if (!first) throw new Error('There is no profile directory: open a folder or choose one.');
    await mkdir(first.path, { recursive: true });
    if ((await readdir(first.path)).length === 0) {
      await writeFile(join(first.path, '.gitignore'), '*\n');
    }
    await first.rescan();
    return first.path;
  }

  /** Lists all directories again. */
  async rescan(): Promise<void> {
    await Promise.all(this.#all().map((directory) => directory.rescan()));
  }

  /** Finds out size and time of a file, which `get` has afterwards. */
  async look(path: string): Promise<void> {
    await this.#directoryOf(path)?.look(basename(path));
  }

  /** Notes what the content of an entry turned out to be, unless the file changed since. */
  setState(checked: ProfileEntry, state: EntryState): void {
    this.#directoryOf(checked.path)?.setState(checked, state);
  }

  /** Drops an entry whose content is no profile, if it was a candidate only; returns whether it was. */
  dismiss(checked: ProfileEntry): boolean {
    return this.#directoryOf(checked.path)?.dismiss(checked) ?? false;
  }

  dispose(): void {
    for (const directory of this.#all()) directory.dispose();
    this.#directories.clear();
    this.#changes.dispose();
  }

  #open(spec: DirectorySpec): ProfileDirectory {
    return new ProfileDirectory(spec, {
      changed: (arrived) => {
        this.#changed(arrived);
      },
      resolvePath: (dotted) => this.#resolvePath(dotted),
      report: this.#report,
    });
  }

  #all(): ProfileDirectory[] {
    return [...this.#directories.values()].map(({ directory }) => directory);
  }

  #directoryOf(path: string): ProfileDirectory | undefined {
    return this.#directories.get(dirname(path))?.directory;
  }

  #resolvePath(dotted: string): string | undefined {
    if (this.#urlTemplates.length === 0) return undefined;
    if (!this.#slashedPaths.has(dotted)) {
      this.#slashedPaths.set(dotted, resolveDottedPath(dotted, this.#urlTemplates));
    }
    return this.#slashedPaths.get(dotted);
  }

  #changed(arrived: readonly string[]): void {
    this.#entries = undefined;
    this.#changes.fire({ arrived });
  }
}
