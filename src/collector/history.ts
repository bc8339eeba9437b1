import type { Period, Profile } from '../core/model/profile';
import type { CollectedProcess, CollectedQuery, SampleCounts } from './api';
import { collectedProfile } from './collectedProfile';
import { countSamples } from './sampleCounts';
import { Database, numberOf } from './storage/database';
import { processesOf } from './storage/processes';
import { HOUR, periodOf } from './storage/time';

/** What was collected, to be read. A database that is not there yet is one without anything in it. */
export class History {
  readonly #path: string;
  #database: Database | undefined;

  /** @param path of the collector's database */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * All processes that were collected from, by host, port, name and time.
   * @throws DatabaseError where the database cannot be read; as all of these do
   */
  processes(): CollectedProcess[] {
    return this.#read([], (database) => {
      const processes = processesOf(database, {});
      const rows = database.prepare(PROCESS_SAMPLES).all();
      const collected = rows.flatMap((row): CollectedProcess[] => {
        const process = processes.get(numberOf(row, 'process'));
        if (!process) return [];
        const { host, port, name, pid } = process;
        const minutes = { from: numberOf(row, 'first'), until: numberOf(row, 'last') };
        const samples = numberOf(row, 'samples');
        return [{ host, port, name, pid: pid || undefined, period: periodOf(minutes), samples }];
      });
      return collected.sort(
        (one, other) =>
          one.host.localeCompare(other.host) ||
          one.port - other.port ||
          one.name.localeCompare(other.name) ||
          one.period.fromMs - other.period.fromMs,
      );
    });
  }

  /** The time of all that was collected; `undefined` where nothing was. */
  period(): Period | undefined {
    return this.#read(undefined, (database) => {
      const row = database.prepare(RECORDED).get() ?? {};
      return row['first'] === null
        ? undefined
        : periodOf({ from: numberOf(row, 'first'), until: numberOf(row, 'last') });
    });
  }

  /**
   * How many samples were taken over time.
   * @param bucketMs the length of a part of time, rounded up to minutes; where absent, one for which
   *   there are at most a few hundred of them
   */
  counts(query: CollectedQuery, bucketMs?: number): SampleCounts {
    return this.#read({ bucketMs: bucketMs ?? 0, counts: [] }, (database) =>
      countSamples(database, query, bucketMs),
    );
  }

  /** All stacks of a query as one profile, which is empty where nothing was collected. */
  profile(query: CollectedQuery): Profile {
    return this.#read(collectedProfile(undefined, query), (database) =>
      collectedProfile(database, query),
    );
  }

  dispose(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #read<T>(nothing: T, read: (database: Database) => T): T {
    this.#database ??= Database.openToRead(this.#path);
    const database = this.#database;
    return database ? database.snapshot(() => read(database)) : nothing;
  }
}

/** Minutes that are in an hour already would count twice. */
const PROCESS_SAMPLES = `
  SELECT process, min(start) AS first, max(until) AS last, sum(samples) AS samples FROM (
    SELECT process, start, start + ${HOUR} AS until, running + waiting AS samples FROM hours
    UNION ALL SELECT process, start, start + 1, running + waiting FROM minutes WHERE is_in_hour = 0
  ) GROUP BY process`;

/** Each end alone, as an index answers it. */
const RECORDED = `
  SELECT min(first) AS first, max(last) AS last FROM (
    SELECT
      (SELECT min(start) FROM hours) AS first,
      (SELECT max(start) + ${HOUR} FROM hours) AS last
    UNION ALL SELECT
      (SELECT min(start) FROM minutes),
      (SELECT max(start) + 1 FROM minutes)
  )`;
