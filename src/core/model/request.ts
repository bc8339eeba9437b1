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
