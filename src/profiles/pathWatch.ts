import { relative, sep } from 'node:path';
import { DirectoryWatch } from './directoryWatch';
import { identity, nearestDirectory, type Found } from './pathState';

/** What a watch of a path asks of its owner. */
export interface PathWatchListener {
  /** The file of that name changed; `undefined` when any file may have, or the directory itself. */
  changed(name: string | undefined): void;
  /** Something for the log. */
  report(message: string, error: unknown): void;
}

/**
 * Keeps one watch for the path of a directory: on the directory while it is there, otherwise on the
 * closest one above it, so that its appearing is noticed.
 */
export class PathWatch {
  readonly #path: string;
  readonly #listener: PathWatchListener;
  #current: { readonly key: string; readonly watch: DirectoryWatch } | undefined;
  #disposed = false;

  constructor(path: string, listener: PathWatchListener) {
    this.#path = path;
    this.#listener = listener;
  }

  /**
   * Moves the watch to what is there now; settles when it stands.
   * @returns whether it is another watch than before, so that events may have been missed
   */
  async follow(found: Found): Promise<boolean> {
    const target =
      found.kind === 'directory'
        ? { path: this.#path, stats: found.stats }
        : await nearestDirectory(this.#path);
    const key = `${target.path} ${identity(target.stats)}`;
    if (this.#current?.key === key || this.#disposed) return false;
    this.#current?.watch.dispose();
    const watch = new DirectoryWatch(target.path, {
      changed: this.#listenerFor(target.path),
      failed: (error) => {
        const message = `Cannot watch ${target.path}; it is looked at from time to time instead`;
        this.#listener.report(message, error);
      },
    });
    this.#current = { key, watch };
    await watch.ready;
    return true;
  }

  dispose(): void {
    this.#disposed = true;
    this.#current?.watch.dispose();
    this.#current = undefined;
  }

  #listenerFor(target: string): (name: string | undefined) => void {
    if (target === this.#path) {
      return (name) => {
        this.#listener.changed(name);
      };
    }
    const awaited = relative(target, this.#path).split(sep)[0];
    return (name) => {
      if (name === undefined || name === awaited) this.#listener.changed(undefined);
    };
  }
}
