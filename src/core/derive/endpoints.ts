/** One request of an endpoint. */
export interface EndpointRequest {
  /** Requests with the same key are one endpoint, for example `GET /shop/items`. */
  readonly key: string;
  readonly durationMs: number | undefined;
}

/** How the requests of one endpoint are spread; durations in milliseconds, `undefined` where none is known. */
export interface Endpoint {
  readonly key: string;
  /** All requests, also those without a duration. */
  readonly count: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly max: number | undefined;
  /** Sum of the known durations. */
  readonly total: number;
}

/** Groups requests by endpoint, in the order in which each endpoint first occurs. */
export function groupByEndpoint(requests: Iterable<EndpointRequest>): Endpoint[] {
  const durations = new Map<string, { count: number; known: number[] }>();
  for (const { key, durationMs } of requests) {
    let group = durations.get(key);
    if (!group) durations.set(key, (group = { count: 0, known: [] }));
    group.count += 1;
    if (durationMs !== undefined) group.known.push(durationMs);
  }
  return [...durations].map(([key, { count, known }]) => {
    const sorted = Float64Array.from(known).sort();
    return {
      key,
      count,
      p50: percentile(sorted, 0.5),
      p95: percentile(sorted, 0.95),
      max: sorted.at(-1),
      total: sorted.reduce((sum, duration) => sum + duration, 0),
    };
  });
}

/**
 * A quantile (0 to 1) of ascending values by linear interpolation between the two nearest ranks, as
 * NumPy's `percentile` does by default; `undefined` of no values.
 */
export function percentile(ascending: ArrayLike<number>, quantile: number): number | undefined {
  const rank = (ascending.length - 1) * quantile;
  const below = ascending[Math.floor(rank)];
  const above = ascending[Math.ceil(rank)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (rank - Math.floor(rank));
}
