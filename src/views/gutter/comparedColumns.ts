import { changeOf, type Delta } from '../../core/derive/comparison/delta';
import type { Unit } from '../../core/model/profile';
import { relativeText, signed } from './changes';
import type { ColumnKind } from './columnKinds';
import { formatCost } from './numbers';

/** Costs are told to so many significant digits. */
const DIGITS = 3;

/**
 * The columns of two sides that are compared; when compact, the change alone. Costs are told in the
 * units that suit them, as those of changes are often far smaller.
 */
export function comparedKinds(unit: Unit, mode: 'compact' | 'full'): ColumnKind[] {
  const print = (cost: number): string => (cost === 0 ? '0' : formatCost(cost, unit, DIGITS));
  const column = (title: string, text: (time: Delta) => string): ColumnKind => ({
    title,
    cell: ({ delta }) => (delta ? text(delta.time) : ''),
  });
  const change = column('Change', (time) => {
    const size = changeOf(time);
    return size === undefined ? '' : signed(size, print(Math.abs(size)));
  });
  if (mode === 'compact') return [change];
  return [
    column('Before', ({ before }) => (before === undefined ? '' : print(before))),
    column('After', ({ after }) => (after === undefined ? '' : print(after))),
    change,
    column('% Change', (time) => (isNew(time) ? 'new' : relativeText(time))),
  ];
}

/** What cost nothing before has no share of it. */
function isNew({ before, after = 0 }: Delta): boolean {
  return before === 0 && after > 0;
}
