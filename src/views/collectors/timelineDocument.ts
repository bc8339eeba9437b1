import type { CollectedProcess, CollectedQuery, SampleCounts } from '../../collector/api';
import type { Period } from '../../core/model/profile';
import type { TimelineChoice, TimelineDocument, TimelineLane } from '../../protocol/timeline';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far back can be looked, each in steps that a pointer can tell apart. */
const SPANS = [
  { label: 'Last hour', spanMs: HOUR_MS, stepMs: MINUTE_MS },
  { label: 'Last 6 hours', spanMs: 6 * HOUR_MS, stepMs: MINUTE_MS },
  { label: 'Last 24 hours', spanMs: DAY_MS, stepMs: 5 * MINUTE_MS },
  { label: 'Last 7 days', spanMs: 7 * DAY_MS, stepMs: HOUR_MS },
  { label: 'Last 30 days', spanMs: 30 * DAY_MS, stepMs: 2 * HOUR_MS },
] as const;

/** All together, of the last hour. */
export const DEFAULT_CHOICE: TimelineChoice = { lane: '', spanMs: SPANS[0].spanMs };

/** Restricts a query to one host, port or process. */
export type Restriction = Pick<CollectedQuery, 'host' | 'port' | 'process'>;

/** A lane, and what of the collected samples it is. */
export interface RestrictedLane extends TimelineLane {
  readonly restriction: Restriction;
}

/** The longest time that a timeline shows. */
export function longestPeriod(nowMs: number): Period {
  const longest = SPANS[SPANS.length - 1] ?? SPANS[0];
  return shownPeriod({ lane: '', spanMs: longest.spanMs }, nowMs);
}

/** The part of the time that is shown, in whole steps; the present step is the last one. */
export function shownPeriod({ spanMs }: TimelineChoice, nowMs: number): Period {
  const span = spanOf(spanMs);
  const untilMs = (Math.floor(nowMs / span.stepMs) + 1) * span.stepMs;
  return { fromMs: untilMs - span.spanMs, untilMs };
}

/** How finely the part of the time that is shown is counted; milliseconds. */
export function stepOf({ spanMs }: TimelineChoice): number {
  return spanOf(spanMs).stepMs;
}

/** What can be shown alone: each address, and its processes where it had several of them. */
export function lanesOf(processes: readonly CollectedProcess[]): RestrictedLane[] {
  const addresses = new Map<string, CollectedProcess[]>();
  for (const process of processes) {
    const address = addressText(process.host, process.port);
    addresses.set(address, [...(addresses.get(address) ?? []), process]);
  }
  const inOrder = [...addresses].sort(([one], [other]) => one.localeCompare(other, 'en'));
  return [
    { id: '', label: 'All endpoints', restriction: {} },
    ...inOrder.flatMap(([address, ofAddress]) => addressLanes(address, ofAddress)),
  ];
}

/** Lays counts out in steps of equal length. */
export function timelineDocument(
  { bucketMs, counts }: SampleCounts,
  lanes: readonly RestrictedLane[],
  shown: TimelineChoice,
  nowMs: number,
): TimelineDocument {
  const stepMs = Math.max(spanOf(shown.spanMs).stepMs, bucketMs);
  const period = shownPeriod(shown, nowMs);
  const fromMs = Math.floor(period.fromMs / stepMs) * stepMs;
  const steps = Math.ceil((period.untilMs - fromMs) / stepMs);
  const samples = new Array<number>(steps).fill(0);
  for (const { startMs, running } of counts) {
    const step = Math.floor((startMs - fromMs) / stepMs);
    if (step >= 0 && step < steps) samples[step] = (samples[step] ?? 0) + running;
  }
  return {
    fromMs,
    stepMs,
    samples,
    lanes: lanes.map(({ id, label }) => ({ id, label })),
    spans: SPANS.map(({ spanMs, label }) => ({ spanMs, label })),
    shown: { lane: shown.lane, spanMs: spanOf(shown.spanMs).spanMs },
  };
}

/** An address as people write it: `web-1:16384`, `[::1]:16384`. */
export function addressText(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function addressLanes(address: string, processes: readonly CollectedProcess[]): RestrictedLane[] {
  const [first] = processes;
  if (!first) return [];
  const { host, port } = first;
  const names = [...new Set(processes.map(({ name }) => name))]
    .filter((name) => name !== '')
    .sort();
  const all = { id: JSON.stringify([host, port]), label: address, restriction: { host, port } };
  if (names.length < 2) return [all];
  const each = names.map((process) => ({
    id: JSON.stringify([host, port, process]),
    label: `${address} · ${process}`,
    restriction: { host, port, process },
  }));
  return [all, ...each];
}

function spanOf(spanMs: number): (typeof SPANS)[number] {
  return SPANS.find((span) => span.spanMs === spanMs) ?? SPANS[0];
}
