import type { Profile, Unit } from '../model/profile';
import { isClose, lossIf } from './losses';
import { ExportError, type Loss } from './writer';

/** Whole numbers that stand for costs. */
export interface WholeUnit {
  /** What one of them is called: `ns`. */
  readonly name: string;
  /** How many of them make one of the profile's unit. */
  readonly perUnit: number;
}

const whole: Readonly<Record<Unit, WholeUnit>> = {
  seconds: { name: 'nanoseconds', perUnit: 1e9 },
  samples: { name: 'samples', perUnit: 1 },
  bytes: { name: 'bytes', perUnit: 1 },
  events: { name: 'events', perUnit: 1 },
};

/** The whole numbers that a profile's costs are written in: nanoseconds, or what the profile counts. */
export function wholeUnitOf({ unit }: Profile): WholeUnit {
  return whole[unit];
}

/** A cost in whole numbers. */
export function rounded(cost: number, { perUnit }: WholeUnit): number {
  return Math.round(cost * perUnit);
}

/** What is lost where some of the costs are no whole numbers. */
export function roundingLosses(costs: Iterable<number>, unit: WholeUnit): Loss[] {
  for (const cost of costs) {
    const exact = cost * unit.perUnit;
    if (!isClose(exact, Math.round(exact))) {
      return lossIf(true, 'precision', `Costs are rounded to whole ${unit.name}.`);
    }
  }
  return [];
}

/** What is lost where the target holds times, and the profile holds something else. */
export function timeOnlyLosses({ unit }: Profile, stand: string): Loss[] {
  return lossIf(
    unit !== 'seconds',
    'unit',
    `The target holds times only: ${unit} stand as ${stand}.`,
  );
}

/**
 * For targets that hold no negative numbers; what lines did to the memory may be below 0.
 * @throws ExportError where a cost is
 */
export function refuseNegative(costs: Iterable<number>): void {
  for (const cost of costs) {
    if (cost < 0) {
      throw new ExportError('This profile holds costs below 0, and the target cannot.');
    }
  }
}
