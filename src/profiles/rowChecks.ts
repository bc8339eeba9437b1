import { isTemporaryName } from '../core/fileName';
import { ProfileError } from '../core/model/errors';
import type { Subscription } from './emitter';
import type { ProfileSummary } from './importerApi';
import type { ProfileDirectories } from './profileDirectories';
import type { ProfileEntry } from './profileEntry';
import { entryDurationMs, entryTimeMs } from './requestTitle';

/** An incomplete file that was written so recently is taken to be still being written. */
const WRITING_MS = 10_000;

/** Arrivals that wait to be read; of a larger flood only the last are. */
const MAXIMUM_ARRIVALS = 200;

/** Files whose name tells no duration that are read only to be sorted by it; the newest first. */
const MAXIMUM_UNTIMED = 1_000;

/** What the checks need of the importer. */
export interface Summarizer {
  summary(path: string): Promise<ProfileSummary>;
}

/**
 * Finds out which files read, one at a time and off the event loop, without reading a directory of
 * 100,000: first those that arrived, then the rows on screen, then those whose duration is not in
 * their name (up to a limit), and last the files of unknown names.
 */
export class RowChecks {
  readonly #directories: ProfileDirectories;
  readonly #importer: Summarizer;
  readonly #changes: Subscription;
  readonly #arrived: string[] = [];
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #untimed = new Set<string>();
  #shown: readonly string[] = [];
  #background: string[] = [];
  #backgroundIsStale = true;
  #running = false;
  #disposed = false;

  constructor(directories: ProfileDirectories, importer: Summarizer) {
    this.#directories = directories;
    this.#importer = importer;
    this.#changes = directories.onDidChange(({ arrived }) => {
      this.#arrived.push(...arrived);
      this.#arrived.splice(0, this.#arrived.length - MAXIMUM_ARRIVALS);
      this.#backgroundIsStale = true;
      void this.#run();
    });
    void this.#run();
  }

  /** Says which rows are on screen, the most wanted first. */
  show(paths: readonly string[]): void {
    this.#shown = paths;
    void this.#run();
  }

  dispose(): void {
    this.#disposed = true;
    this.#changes.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let path = this.#next(); path !== undefined; path = this.#next()) {
        await this.#check(path);
      }
    } finally {
      this.#running = false;
    }
  }

  /** The most urgent file that was not checked since it last changed. */
  #next(): string | undefined {
    if (this.#disposed) return undefined;
    const arrived = this.#takeUnchecked(this.#arrived);
    if (arrived !== undefined) return arrived;
    const shown = this.#shown.find((path) => this.#isUnchecked(path));
    if (shown !== undefined) return shown;
    const background = this.#takeUnchecked(this.#background);
    if (background !== undefined || !this.#backgroundIsStale) return background;
    // Every check makes it stale, so that it is made again only when it is used up.
    this.#backgroundIsStale = false;
    this.#background = this.#listBackground();
    return this.#takeUnchecked(this.#background);
  }

  #takeUnchecked(paths: string[]): string | undefined {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      if (this.#isUnchecked(path)) return path;
    }
    return undefined;
  }

  #isUnchecked(path: string): boolean {
    return this.#directories.get(path)?.state.kind === 'unchecked';
  }

  /** What is worth reading though nobody looks at it, the least wanted first. */
  #listBackground(): string[] {
    const untimed = this.#directories
      .entries()
      .filter((entry) => entry.state.kind === 'unchecked' && entryDurationMs(entry) === undefined)
      .sort((one, other) => (entryTimeMs(other) ?? 0) - (entryTimeMs(one) ?? 0))
      .slice(0, Math.max(0, MAXIMUM_UNTIMED - this.#untimed.size))
      .map(({ path }) => path);
    const candidates = this.#directories.candidates().map(({ path }) => path);
    return [...untimed, ...candidates].reverse();
  }

  async #check(path: string): Promise<void> {
    if (this.#directories.get(path)?.modifiedMs === undefined) await this.#directories.look(path);
    const entry = this.#directories.get(path);
    if (entry?.modifiedMs === undefined) return;
    if (isTemporaryName(entry.name) && isFresh(entry)) {
      this.#noteWriting(entry);
      return;
    }
    if (entryDurationMs(entry) === undefined) this.#untimed.add(path);
    try {
      const summary = await this.#importer.summary(path);
      this.#directories.setState(entry, { kind: 'readable', summary });
    } catch (error) {
      this.#note(entry, error);
    }
  }

  #note(entry: ProfileEntry, error: unknown): void {
    if (this.#disposed) return;
    const unknown = error instanceof ProfileError && error.reason === 'unknownFormat';
    if (unknown && this.#directories.dismiss(entry)) return;
    const incomplete = error instanceof ProfileError && error.reason === 'incomplete';
    if (incomplete && isFresh(entry)) this.#noteWriting(entry);
    else {
      this.#directories.setState(entry, { kind: 'unreadable', reason: reasonOf(error) });
    }
  }

  #noteWriting(entry: ProfileEntry): void {
    this.#directories.setState(entry, { kind: 'writing' });
    this.#checkAgain(entry);
  }

  /** Looks again when the time is over in which an incomplete file passes for being written. */
  #checkAgain(entry: ProfileEntry): void {
    clearTimeout(this.#timers.get(entry.path));
    const timer = setTimeout(() => {
      this.#timers.delete(entry.path);
      this.#directories.setState(entry, { kind: 'unchecked' });
      this.#arrived.push(entry.path);
      void this.#run();
    }, WRITING_MS);
    this.#timers.set(entry.path, timer.unref());
  }
}

/** Whether the file was written so recently that its writer may not have finished. */
function isFresh({ modifiedMs = 0 }: ProfileEntry): boolean {
  return Math.abs(Date.now() - modifiedMs) < WRITING_MS;
}

function reasonOf(error: unknown): string {
  if (error instanceof ProfileError) return error.message;
  return `Reading it failed: ${error instanceof Error ? error.message : String(error)}`;
}
