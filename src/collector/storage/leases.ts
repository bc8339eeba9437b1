import { numberOf, textOf, type Database } from './database';

/**
 * Who collects from an endpoint: of several windows on one database one only, since its samples are
 * gone from the endpoint once somebody has them.
 */
export class Leases {
  readonly #database: Database;
  readonly #holder: string;

  /** @param holder what no other one calls itself */
  constructor(database: Database, holder: string) {
    this.#database = database;
    this.#holder = holder;
  }

  /**
   * Takes or renews the lease.
   * @param untilMs when it ends, should nothing more be heard of the holder
   * @returns false where somebody else has it
   */
  take(url: string, nowMs: number, untilMs: number): boolean {
    return this.#database.transaction(() => {
      const row = this.#database
        .prepare('SELECT holder, pid, until_ms FROM leases WHERE url = ?')
        .get(url);
      const isFree =
        row === undefined ||
        textOf(row, 'holder') === this.#holder ||
        numberOf(row, 'until_ms') <= nowMs ||
        !isAlive(numberOf(row, 'pid'));
      if (isFree)
        this.#database
          .prepare('INSERT OR REPLACE INTO leases (url, holder, pid, until_ms) VALUES (?, ?, ?, ?)')
          .run(url, this.#holder, process.pid, untilMs);
      return isFree;
    });
  }

  /** Gives up the lease of an endpoint. */
  release(url: string): void {
    this.#database
      .prepare('DELETE FROM leases WHERE url = ? AND holder = ?')
      .run(url, this.#holder);
  }
}

/** Whether there is such a process: a holder that was killed could not give up its leases. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
