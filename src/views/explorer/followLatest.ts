import { Coalescer } from '../../profiles/coalescer';
import type { ProfileDirectories } from '../../profiles/profileDirectories';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { entryTimeMs } from '../../profiles/requestTitle';

/** Of requests that end within this time, as those of one page do, only the last is opened. */
const BURST_MS = 300;

type Directories = Pick<ProfileDirectories, 'get' | 'entries' | 'onDidChange'>;

/** Opens each new profile as it comes, once it reads. */
export class FollowLatest {
  readonly #directories: Directories;
  readonly #open: (entry: ProfileEntry) => void;
  readonly #subscription: { dispose(): void };
  readonly #opening = new Coalescer(BURST_MS, () => {
    this.#openLatest();
  });
  #latest: string | undefined;
  #enabled = false;

  constructor(directories: Directories, open: (entry: ProfileEntry) => void) {
    this.#directories = directories;
    this.#open = open;
    this.#subscription = directories.onDidChange(({ arrived }) => {
      if (!this.#enabled) return;
      this.#latest = this.#latestOf(arrived) ?? this.#latest;
      if (this.#latest !== undefined) this.#opening.request();
    });
  }

  set enabled(enabled: boolean) {
    this.#enabled = enabled;
    this.#latest = undefined;
  }

  /** Opens the latest profile that there is already, if it reads. */
  openPresent(): void {
    this.#latest = this.#latestOf(this.#directories.entries().map(({ path }) => path));
    this.#openLatest();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#opening.dispose();
  }

  #latestOf(paths: readonly string[]): string | undefined {
    const timeOf = (path: string): number => {
      const entry = this.#directories.get(path);
      return (entry && entryTimeMs(entry)) ?? 0;
    };
    return [...paths].sort((one, other) => timeOf(one) - timeOf(other)).at(-1);
  }

  /** Opens the latest profile if it reads; if that is not known yet, the next change asks again. */
  #openLatest(): void {
    const entry = this.#latest === undefined ? undefined : this.#directories.get(this.#latest);
    switch (entry?.state.kind) {
      case 'readable':
        this.#latest = undefined;
        this.#open(entry);
        break;
      case undefined:
      case 'unreadable':
        this.#latest = undefined;
        break;
      case 'unchecked':
      case 'writing':
        break;
    }
  }
}
