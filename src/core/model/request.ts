/** Whatever is known of the request that left a profile. Nothing is invented: unknown is absent. */
export interface RequestFacts {
  readonly method?: string;
  /** As the source tells it: `/shop/items`, or dotted (`shop.items`) where slashes were lost. */
  readonly path?: string;
  readonly query?: string;
  readonly status?: number;
  /** Start of the request, milliseconds since the Unix epoch. */
  readonly startedMs?: number;
  /** End of the request, milliseconds since the Unix epoch. */
  readonly endedMs?: number;
  readonly durationMs?: number;
  /** CPU time of all threads that worked for it. */
  readonly cpuMs?: number;
  /** How long it was suspended (an `await`). */
  readonly waitingMs?: number;
  readonly queryCount?: number;
  /** Time in which databases answered its queries. */
  readonly queryMs?: number;
  /** The framework's template of the route: `shop/<int:pk>/`. */
  readonly route?: string;
  /** Dotted name of the view. */
  readonly view?: string;
  /** Type of the exception that left the application. */
  readonly error?: string;
  readonly bytesSent?: number;
  /** Kind of the client: `browser`, `bot`, `script`. */
  readonly client?: string;
  /** Who sent it, where the profiler was told to keep that. */
  readonly remoteAddress?: string;
  /** `Django 5.2 on gunicorn 23.0, Python 3.13.0`. */
  readonly software?: string;
  /** What the profiler was asked for: `lines`, `samples`, `exact`, `calls`, `memory`. */
  readonly mode?: string;
}

/**
 * Where a fact was found, for the tooltip: the file's name (by which template), that name with its
 * slashes restored by the server's list of URLs, the file's content, or its times on disk.
 */
export type FactSource =
  | { readonly from: 'name'; readonly template: string }
  | { readonly from: 'urlList' }
  | { readonly from: 'content' }
  | { readonly from: 'modificationTime' };

/** Facts of a request, each with its source. */
export interface SourcedRequest {
  readonly facts: RequestFacts;
  readonly sources: Readonly<Partial<Record<keyof RequestFacts, FactSource>>>;
}
