import type { FunctionDelta } from '../../src/protocol/comparison';
import { textTest } from '../table/order';
import type { CompareState } from './compareState';
import type { DeltaColumn } from './deltaColumns';
import { searchText } from './functionPlace';

/** What of the state says which functions there are to see. */
export type FunctionFilter = Pick<CompareState, 'filter' | 'isRegex' | 'isBeyondSpreadOnly'>;

/** Which functions pass a filter. */
export interface FoundFunctions {
  /** Indexes of the functions, in the order that was given. */
  readonly functions: readonly number[];
  /** What is wrong with the regular expression, which then filters nothing. */
  readonly problem: string | undefined;
}

/** The indexes of all functions in the order of a column, or in their own; unknown values come last. */
export function sortedFunctions(
  functions: readonly FunctionDelta[],
  column: DeltaColumn | undefined,
  isReversed: boolean,
): number[] {
  const all = [...functions.keys()];
  if (!column) return all;
  const values = functions.map((func) => column.sortBy(func));
  const isKnown = (func: number): boolean => !Number.isNaN(values[func]);
  const sorted = all
    .filter(isKnown)
    .sort((one, other) => order(values[one], values[other]) || one - other);
  if (isReversed) sorted.reverse();
  return [...sorted, ...all.filter((func) => !isKnown(func))];
}

/** The functions that pass the filter. */
export function foundFunctions(
  functions: readonly FunctionDelta[],
  order: readonly number[],
  { filter, isRegex, isBeyondSpreadOnly }: FunctionFilter,
): FoundFunctions {
  const candidates = isBeyondSpreadOnly
    ? order.filter((index) => functions[index]?.isBeyondSpread)
    : order;
  if (filter === '') return { functions: candidates, problem: undefined };
  try {
    const passes = textTest({ text: filter, isRegex });
    const found = candidates.filter((index) => {
      const func = functions[index];
      return func !== undefined && passes(searchText(func));
    });
    return { functions: found, problem: undefined };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { functions: candidates, problem };
  }
}

/** Numbers with the largest first, texts alphabetically, empty ones last. */
function order(one: number | string | undefined, other: number | string | undefined): number {
  if (typeof one === 'number' && typeof other === 'number') return other - one;
  if (one === '' || other === '') return Number(one === '') - Number(other === '');
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
}
