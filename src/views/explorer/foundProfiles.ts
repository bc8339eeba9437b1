import type { Unit } from '../../core/model/profile';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { compareKnown } from './ordering';
import { shortCost } from './rowText';

/** What was sought cost in one profile, in the profile's unit. */
export interface FoundCost {
  readonly unit: Unit;
  readonly self: number;
  readonly total: number;
  /** Where a line was sought: the function around it, of a profile without costs of its lines. */
  readonly isOfFunction?: boolean;
}

/** The profiles that a search has found. */
export interface FoundProfiles {
  /** What was looked for: `index() in views.py`. */
  readonly what: string;
  /** By the path of the profile. */
  readonly costs: ReadonlyMap<string, FoundCost>;
}

/**
 * Where most time was spent first; costs that are no times behind all that are, and those of the
 * function behind those of the line.
 */
export function foundOrder({
  costs,
}: FoundProfiles): (one: ProfileEntry, other: ProfileEntry) => number {
  const rankOf = ({ unit, isOfFunction }: FoundCost): number =>
    (isOfFunction ? 2 : 0) + (unit === 'seconds' ? 0 : 1);
  return ({ path: one }, { path: other }) => {
    const [cost, otherCost] = [costs.get(one), costs.get(other)];
    if (!cost || !otherCost) return compareKnown(cost?.total, otherCost?.total, true);
    return rankOf(cost) - rankOf(otherCost) || otherCost.total - cost.total;
  };
}

/** What is said of a found profile in its row: `12.3 ms there, self 1.2 ms`. */
export function foundText({ unit, self, total, isOfFunction }: FoundCost): string {
  const where = isOfFunction ? 'in the function' : 'there';
  const own = self > 0 ? `, self ${shortCost(self, unit)}` : '';
  return `${shortCost(total, unit)} ${where}${own}`;
}
