import { percentile } from './endpoints';

/** A request of an endpoint whose time and duration are known; milliseconds. */
export interface TimedRequest {
  readonly timeMs: number;
  readonly durationMs: number;
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/**
 * How durations went over time: the medians of as many groups of requests that follow one another,
 * all about as large, the oldest first.
 * @param points the most that there are to be
 */
export function trendOf(requests: readonly TimedRequest[], points: number): number[] {
  const inTime = [...requests].sort((one, other) => one.timeMs - other.timeMs);
  const count = Math.min(points, inTime.length);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * inTime.length) / count);
    const end = Math.floor(((index + 1) * inTime.length) / count);
    const durations = inTime.slice(start, end).map(({ durationMs }) => durationMs);
    return percentile(Float64Array.from(durations).sort(), 0.5) ?? 0;
  });
}

/** Values as blocks between zero and the greatest of them: `▂▃█`. */
export function sparkline(values: readonly number[]): string {
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  return values
    .map((value) => {
      const share = greatest > 0 ? Math.max(0, value) / greatest : 0;
      return BLOCKS.charAt(Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length)));
    })
    .join('');
}
