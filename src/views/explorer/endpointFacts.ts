import { sparkline, trendOf } from '../../core/derive/endpointTrend';
import { entryDurationMs, entryTimeMs, formatDuration } from '../../profiles/requestTitle';
import type { ProfileGroup } from './listing';
import { grouped } from './rowText';
import type { TooltipFact } from './tooltipFacts';

/** Blocks of a trend: as many as a tooltip shows on one line. */
const TREND_POINTS = 30;

/** What is known of the profiles of a group, for its tooltip. */
export function endpointFacts({ statistics }: Pick<ProfileGroup, 'statistics'>): TooltipFact[] {
  const { count, total, p50, p95, max } = statistics;
  const durations = [
    ['Total', max === undefined ? undefined : total],
    ['p50', p50],
    ['p95', p95],
    ['Max', max],
  ] as const;
  return [
    { name: 'Profiles', value: grouped(count) },
    ...durations.flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value: formatDuration(value) }],
    ),
  ];
}

/** How the durations of a group went over time, as blocks; `undefined` with fewer than two to compare. */
export function endpointTrend({ entries }: Pick<ProfileGroup, 'entries'>): string | undefined {
  const requests = entries.slice(0, entries.length).flatMap((entry) => {
    const timeMs = entryTimeMs(entry);
    const durationMs = entryDurationMs(entry);
    return timeMs === undefined || durationMs === undefined ? [] : [{ timeMs, durationMs }];
  });
  return requests.length < 2 ? undefined : sparkline(trendOf(requests, TREND_POINTS));
}
