import { randomUUID } from 'node:crypto';
import { setImmediate as turnOfEventLoop } from 'node:timers/promises';
import type { CollectedEndpoint, CollectorOptions, EndpointStatus, Retention } from './api';
import { EndpointCollector, type EndpointHost } from './endpointCollector';
import { Recorder } from './recorder';
import { Database } from './storage/database';
import { Leases } from './storage/leases';
import { Upkeep } from './storage/upkeep';

/** Milliseconds from one pull of an endpoint to the next where nothing else is asked for. */
export const USUAL_INTERVAL_MS = 60_000;

/** What is kept where nothing else is asked for: minutes of a day, and half a gigabyte. */
export const USUAL_RETENTION: Retention = {
  minutesMs: 24 * 3_600_000,
  maximumBytes: 500 * 1024 ** 2,
};

/** A shorter one would ask an endpoint more than it samples. */
export const SHORTEST_INTERVAL_MS = 1000;

/** Milliseconds from one upkeep of the database to the next, and until the first. */
const UPKEEP_MS = 10 * 60_000;
const FIRST_UPKEEP_MS = 30_000;

/** Collects stacks from endpoints into a database, for as long as it is not disposed of. */
export class Collector {
  readonly #database: Database;
  readonly #host: { -readonly [Key in keyof EndpointHost]: EndpointHost[Key] };
  readonly #log: (line: string) => void;
  readonly #listeners = new Set<() => void>();
  readonly #endpoints = new Map<string, EndpointCollector>();
  readonly #ending = new Set<Promise<void>>();
  #retention: Retention;
  #upkeep: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** @throws DatabaseError where there can be no database */
  constructor(options: CollectorOptions) {
    this.#database = Database.open(options.database);
    this.#log = options.log ?? (() => undefined);
    this.#retention = options.retention ?? USUAL_RETENTION;
    this.#host = {
      recorder: new Recorder(this.#database),
      leases: new Leases(this.#database, randomUUID()),
      intervalMs: USUAL_INTERVAL_MS,
      log: this.#log,
      changed: () => {
        for (const listener of [...this.#listeners]) listener();
      },
    };
    this.setInterval(options.intervalMs ?? USUAL_INTERVAL_MS);
    this.#tidyUpIn(FIRST_UPKEEP_MS);
  }

  /** Collects from these endpoints and no others. Those that are known already just go on. */
  setEndpoints(endpoints: readonly CollectedEndpoint[]): void {
    const before = [...this.#endpoints.values()];
    this.#endpoints.clear();
    for (const wanted of endpoints) {
      const known = before.find((endpoint) => endpoint.isOf(wanted));
      const { url } = wanted.endpoint;
      if (!this.#endpoints.has(url))
        this.#endpoints.set(url, known ?? new EndpointCollector(wanted, this.#host));
    }
    const still = new Set(this.#endpoints.values());
    for (const endpoint of before) if (!still.has(endpoint)) this.#end(endpoint);
    this.#host.changed();
  }

  /** Changes how often endpoints are asked; those that would be asked later than that are asked then. */
  setInterval(intervalMs: number): void {
    this.#host.intervalMs = Math.max(SHORTEST_INTERVAL_MS, intervalMs);
    for (const endpoint of this.#endpoints.values()) endpoint.hasten();
  }

  /** From the next upkeep on. */
  setRetention(retention: Retention): void {
    this.#retention = retention;
  }

  pause(url: string): void {
    this.#endpoints.get(url)?.pause();
  }

  resume(url: string): void {
    this.#endpoints.get(url)?.resume();
  }

  /** Asks an endpoint now; resolves when that is done, however it ended. */
  async pullNow(url: string): Promise<void> {
    await this.#endpoints.get(url)?.pullNow();
  }

  /** In the order in which the endpoints were given. */
  statuses(): readonly EndpointStatus[] {
    return [...this.#endpoints.values()].map(({ status }) => status);
  }

  /** Calls the listener whenever the status of an endpoint is another one. */
  onDidChange(listener: () => void): { dispose(): void } {
    const own = (): void => {
      listener();
    };
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  }

  /**
   * Rolls minutes up and removes what is too much, as it does by itself now and then: a step at a
   * time, with everything else that waits in between.
   */
  async tidyUp(): Promise<void> {
    try {
      const steps = new Upkeep(this.#database).run(this.#retention, Date.now());
      while (!this.#isDisposed && steps.next().done !== true) await turnOfEventLoop();
    } catch (error) {
      this.#log(`The database cannot be tidied up: ${(error as Error).message}`);
    }
  }

  /** Ends all collecting; pulls under way are called off. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    clearTimeout(this.#upkeep);
    this.#listeners.clear();
    for (const endpoint of this.#endpoints.values()) this.#end(endpoint);
    this.#endpoints.clear();
    await Promise.all(this.#ending);
    this.#database.close();
  }

  #end(endpoint: EndpointCollector): void {
    const ending = endpoint.dispose().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  #tidyUpIn(delayMs: number): void {
    this.#upkeep = setTimeout(() => {
      void this.tidyUp().then(() => {
        if (!this.#isDisposed) this.#tidyUpIn(UPKEEP_MS);
      });
    }, delayMs);
    this.#upkeep.unref();
  }
}
