import type { Metric } from '../../model/profile';
import type { Mode, Recording, Sample } from './recording';

/** One of the things that a recording measures. */
export interface AustinMetric extends Metric {
  /** Seconds or bytes of a sample, `undefined` where it does not count. */
  costOf(sample: Sample): number | undefined;
}

const wall = timeMetric('wall', 'Wall time', () => true);
const cpu = timeMetric('cpu', 'CPU time', ({ isIdle }) => !isIdle);
const idle = timeMetric('idle', 'Idle time', ({ isIdle }) => isIdle);
const collecting = timeMetric('gc', 'Garbage collection', ({ isCollecting }) => isCollecting);
const allocated = memoryMetric('allocated', 'Memory allocated', 1);
const freed = memoryMetric('freed', 'Memory freed', -1);

const byMode: Readonly<Record<Mode, readonly [AustinMetric, ...AustinMetric[]]>> = {
  wall: [wall, collecting],
  cpu: [cpu, collecting],
  memory: [allocated, freed],
  full: [wall, cpu, idle, collecting, allocated, freed],
};

/** What a recording measured, the mode's own metric first; others only where they have a cost. */
export function metricsOf(recording: Recording, mode: Mode): [AustinMetric, ...AustinMetric[]] {
  const [own, ...others] = byMode[mode];
  const found = new Set<AustinMetric>();
  for (const sample of recording.samples()) {
    for (const metric of others) if (metric.costOf(sample)) found.add(metric);
  }
  return [own, ...others.filter((metric) => found.has(metric))];
}

function timeMetric(id: string, label: string, counts: (sample: Sample) => boolean): AustinMetric {
  return {
    id,
    label,
    unit: 'seconds',
    costOf: (sample) => (counts(sample) ? sample.time / 1e6 : undefined),
  };
}

function memoryMetric(id: string, label: string, sign: 1 | -1): AustinMetric {
  return {
    id,
    label,
    unit: 'bytes',
    costOf: ({ memory }) => (sign * memory > 0 ? sign * memory : undefined),
  };
}
