import type { FunctionHit, IndexedAmount } from '../../profiles/functionIndex';
import type { FoundCost } from '../explorer/foundProfiles';

/**
 * What a function cost in a profile, which may have it several times, as the parts of a property.
 * @returns `undefined` where it is not in the profile
 */
export function functionCost(hits: readonly FunctionHit[]): FoundCost | undefined {
  const [first] = hits;
  return first && { unit: first.unit, ...sum(hits) };
}

/**
 * What a line of a function cost in a profile; where that has no costs of its lines, what the
 * function cost.
 * @returns `undefined` where the line took no time
 */
export function lineCost(hits: readonly FunctionHit[]): FoundCost | undefined {
  const [first] = hits;
  if (!first) return undefined;
  const lines = hits.flatMap(({ line }) => (line ? [line] : []));
  if (lines.length === 0) return { unit: first.unit, ...sum(hits), isOfFunction: true };
  const cost = { unit: first.unit, ...sum(lines) };
  return cost.total > 0 ? cost : undefined;
}

function sum(amounts: readonly IndexedAmount[]): IndexedAmount {
  return amounts.reduce<IndexedAmount>(
    (all, { self, total }) => ({ self: all.self + self, total: all.total + total }),
    { self: 0, total: 0 },
  );
}
