import { lstat, realpath, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Coalescer } from './coalescer';
import { forEachLimited } from './concurrency';
import type { Subscription } from './emitter';
import type { ProfileDirectories } from './profileDirectories';
import type { ProfileEntry } from './profileEntry';
import { excessProfiles, isLimited, type Excess, type RetentionLimits } from './retention';
import type { Summarizer } from './rowChecks';

/** Profiles come in bursts; so long after the first of one it is looked whether there are too many. */
const GATHER_MS = 5_000;

/** System calls under way at a time. */
const CONCURRENCY = 16;

/** What the retention asks of the extension. */
export interface RetentionHost {
  readonly directories: Pick<
    ProfileDirectories,
    'directories' | 'entries' | 'get' | 'look' | 'onDidChange'
  >;
  readonly importer: Summarizer;
  /** The limits as they are set now; `undefined` where nothing may be deleted. */
  limits(): RetentionLimits | undefined;
  /** Paths of the profiles that somebody is looking at, or keeps open. */
  inUse(): ReadonlySet<string>;
  /** Something for the log. */
  report(message: string): void;
}

/**
 * Deletes the profiles that `hotline.retention` says are too many: those whose content is a
 * profile's, that are regular files of a profile directory itself, and that nobody has open.
 */
export class RetentionRun {
  readonly #host: RetentionHost;
  readonly #changes: Subscription;
  readonly #run: Coalescer;
  /** Files that turned out to be no profiles, each with its time, so that they are read once. */
  readonly #others = new Set<string>();
  #disposed = false;

  constructor(host: RetentionHost, delayMs = GATHER_MS) {
    this.#host = host;
    this.#run = new Coalescer(delayMs, () => this.#enforce());
    this.#changes = host.directories.onDidChange(({ arrived }) => {
      if (arrived.length > 0) this.#run.request();
    });
    this.#run.request();
  }

  /** Looks again, because the settings have changed. */
  request(): void {
    this.#run.request();
  }

  dispose(): void {
    this.#disposed = true;
    this.#changes.dispose();
    this.#run.dispose();
  }

  async #enforce(): Promise<void> {
    try {
      const limits = this.#host.limits();
      if (!limits || !isLimited(limits)) return;
      for (const { path } of this.#host.directories.directories()) {
        await this.#enforceIn(path, limits);
      }
    } catch (error) {
      this.#host.report(`Retention stopped: ${String(error)}`);
    }
  }

  async #enforceIn(directory: string, limits: RetentionLimits): Promise<void> {
    const { directories } = this.#host;
    const own = directories.entries().filter((entry) => entry.directory === directory);
    await forEachLimited(own, CONCURRENCY, async ({ path, modifiedMs }) => {
      if (modifiedMs === undefined) await directories.look(path);
    });
    const entries = own.flatMap(({ path }) => directories.get(path) ?? []);
    let deleted = 0;
    for (const excess of excessProfiles(entries, limits, Date.now())) {
      // Settings, trust and tabs may have changed while files were read.
      if (this.#disposed || !this.#host.limits()) return;
      if (await this.#delete(excess, limits)) deleted++;
    }
    if (deleted > 0) this.#host.report(`Retention deleted ${deleted} profiles of ${directory}.`);
  }

  async #delete({ entry, limit }: Excess, limits: RetentionLimits): Promise<boolean> {
    const { path } = entry;
    if (this.#host.inUse().has(path) || !(await this.#isProfile(entry))) return false;
    try {
      if (!(await isOwnFile(entry)) || this.#host.inUse().has(path)) return false;
      await unlink(path);
    } catch (error) {
      this.#host.report(`Retention cannot delete ${path}: ${String(error)}`);
      return false;
    }
    this.#host.report(`Retention deleted ${path}: hotline.retention.${limit} is ${limits[limit]}.`);
    return true;
  }

  /** Whether its content is a profile's; read now where nobody has read it yet. */
  async #isProfile({ path, state, modifiedMs }: ProfileEntry): Promise<boolean> {
    if (state.kind !== 'unchecked') return state.kind === 'readable';
    const version = `${modifiedMs ?? 0} ${path}`;
    if (this.#others.has(version)) return false;
    try {
      await this.#host.importer.summary(path);
      return true;
    } catch {
      this.#others.add(version);
      return false;
    }
  }
}

/** Whether the path is still the file that was listed, and no link to one elsewhere. */
async function isOwnFile({ path, directory, size, modifiedMs }: ProfileEntry): Promise<boolean> {
  const stats = await lstat(path);
  if (!stats.isFile() || stats.size !== size || stats.mtimeMs !== modifiedMs) return false;
  return (
    (await realpath(path)) === join(await realpath(dirname(path)), basename(path)) &&
    dirname(path) === directory
  );
}
