import type { Period } from '../core/model/profile';
import type { CollectedSource } from '../core/profileSource';

/** One address that stacks are collected from. */
export interface Endpoint {
  /**
   * Normalized, and what tells endpoints apart: `http://web-1:16384/`. Holds no credentials, so that
   * it may be logged and stored.
   */
  readonly url: string;
  /** As the address names it, an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
}

/** An endpoint to collect from, and the secret that it asks for. */
export interface CollectedEndpoint {
  readonly endpoint: Endpoint;
  /** Sent as `Authorization: Bearer`; never logged or stored. */
  readonly token?: string | undefined;
}

/** What an endpoint answers with: nylas' stacksampler, our own sampler, or Go's `net/http/pprof`. */
export type Protocol = 'stacksampler' | 'hotline' | 'pprof';

/**
 * How collecting from an endpoint goes: not asked yet, asked and answered, failing, not asked since
 * a person wants it so, or collected from by another window or program that has the same database.
 */
export type EndpointState = 'waiting' | 'collecting' | 'unreachable' | 'paused' | 'elsewhere';

/** What there is to tell of an endpoint. All times are milliseconds since the epoch. */
export interface EndpointStatus {
  readonly endpoint: Endpoint;
  readonly state: EndpointState;
  /** Since when it is in this state. */
  readonly sinceMs: number;
  /** Whether it is being asked right now. */
  readonly isPulling: boolean;
  /** Absent until its first answer. */
  readonly protocol?: Protocol | undefined;
  /** The last pull that was stored. */
  readonly collectedMs?: number | undefined;
  /** Samples in that pull, those of waiting threads too. */
  readonly lastSamples?: number | undefined;
  /** Samples of all pulls since collecting began in this process. */
  readonly totalSamples: number;
  /** What the process calls itself and its number, where the protocol tells them. */
  readonly process?: string | undefined;
  readonly pid?: number | undefined;
  /** When the process was last seen to have been started anew. */
  readonly restartedMs?: number | undefined;
  /** One sentence on why the last pull failed; absent where it did not. */
  readonly error?: string | undefined;
  /** When it will be asked next; absent while it is paused. */
  readonly nextMs?: number | undefined;
}

/** How a collector works. */
export interface CollectorOptions {
  /** File system path of the database; made where there is none. */
  readonly database: string;
  /** Milliseconds from one pull of an endpoint to the next; a minute where absent. */
  readonly intervalMs?: number | undefined;
  readonly retention?: Retention | undefined;
  /** Given one line for what a person may want to read later. */
  readonly log?: ((line: string) => void) | undefined;
}

/** How long and how much is kept. */
export interface Retention {
  /** Milliseconds after which only hours are told apart, no longer minutes. */
  readonly minutesMs: number;
  /** Bytes of the database beyond which the oldest is removed. */
  readonly maximumBytes: number;
}

/** Of what is collected, the part that is wanted. */
export type CollectedQuery = Omit<CollectedSource, 'title' | 'database'>;

/** A process that was collected from; one that was started anew is another one. */
export interface CollectedProcess {
  readonly host: string;
  readonly port: number;
  /** Empty where the protocol tells none. */
  readonly name: string;
  readonly pid: number | undefined;
  /** What of it is stored. */
  readonly period: Period;
  readonly samples: number;
}

/** Samples in a part of time. */
export interface SampleCount {
  readonly startMs: number;
  /** Samples of threads that ran. */
  readonly running: number;
  /** Samples of threads that waited for work, where the sampler tells them. */
  readonly waiting: number;
}

/** How many samples were taken over time. */
export interface SampleCounts {
  /** Length of each count's part of time: a minute, or several where the period is long. */
  readonly bucketMs: number;
  /** Ascending; parts without any sample are left out. */
  readonly counts: readonly SampleCount[];
}

/** What the import of another collector's history did. */
export interface ImportedHistory {
  /** Whether the very same content had been imported before; then nothing was done. */
  readonly isKnown: boolean;
  readonly processes: number;
  readonly samples: number;
  /** Of the history; absent where it is empty. */
  readonly period: Period | undefined;
}
