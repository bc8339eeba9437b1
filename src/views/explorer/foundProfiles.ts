import type { Unit } from '../../core/model/profile';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { compareKnown } from './ordering';
import { shortCost } from './rowText';

/** What the sought function cost in one profile, in the profile's unit. */
export interface FoundCost {
  readonly unit: Unit;
  readonly self: number;
  readonly total: number;
}

/** The profiles that a search has found. */
export interface FoundProfiles {
  /** What was looked for: `index() in views.py`. */
  readonly what: string;
  /** By the path of the profile. */
  readonly costs: ReadonlyMap<string, FoundCost>;
}

/** Where most time was spent first; costs that are no times behind all that are. */
export function foundOrder({
  costs,
}: FoundProfiles): (one: ProfileEntry, other: ProfileEntry) => number {
  const costOf = (entry: ProfileEntry, isTime: boolean): number | undefined => {
    const cost = costs.get(entry.path);
    return (cost?.unit === 'seconds') === isTime ? cost?.total : undefined;
  };
  return (one, other) =>
    compareKnown(costOf(one, true), costOf(other, true), true) ||
    compareKnown(costOf(one, false), costOf(other, false), true);
}

/** What is said of a found profile in its row: `12.3 ms there, self 1.2 ms`. */
export function foundText({ unit, self, total }: FoundCost): string {
  return `${shortCost(total, unit)} there, self ${shortCost(self, unit)}`;
}
