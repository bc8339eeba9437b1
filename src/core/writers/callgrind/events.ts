import type { Profile } from '../../model/profile';

/** The event that costs are counted in: `name : long name`. */
export interface CostEvent {
  readonly name: string;
  readonly longName: string;
}

/** What callgrind calls the thing that a profile measures. */
export function costEvent({ unit, metrics }: Profile): CostEvent {
  if (unit === 'seconds') return { name: 'ns', longName: 'Nanoseconds' };
  const shown = metrics?.all.find(({ id }) => id === metrics.shown);
  const fallback = unit.charAt(0).toUpperCase() + unit.slice(1);
  const name = (shown?.id ?? fallback).replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
  return { name, longName: (shown?.label ?? fallback).replace(/[^\x20-\x7e]/g, ' ') };
}
