import type { TableSort } from '../../src/protocol/table';
import type { Grouping } from './groups';

/** What was chosen in the table; it holds for the next profile in the same tab, and over a reload. */
export interface TableState {
  /** Whether the table stands in place of the graph. */
  readonly isShown: boolean;
  readonly sort: TableSort;
  readonly isReversed: boolean;
  readonly filter: string;
  readonly isRegex: boolean;
  readonly hideLibraries: boolean;
  readonly grouping: Grouping;
}

/** pstats' own favourite: where the time itself is spent. */
export const INITIAL_STATE: TableState = {
  isShown: false,
  sort: 'self',
  isReversed: false,
  filter: '',
  isRegex: false,
  hideLibraries: false,
  grouping: 'none',
};

const SORTS: readonly TableSort[] = [
  'calls',
  'samples',
  'self',
  'selfPerCall',
  'total',
  'totalPerCall',
  'name',
  'place',
];
const GROUPINGS: readonly Grouping[] = ['none', 'file', 'module'];

/** The state that was kept, with the initial one in place of what is not understood. */
export function parseTableState(value: unknown): TableState {
  if (typeof value !== 'object' || value === null) return INITIAL_STATE;
  const kept = value as Partial<Record<keyof TableState, unknown>>;
  const { filter } = kept;
  return {
    isShown: kept.isShown === true,
    sort: SORTS.find((sort) => sort === kept.sort) ?? INITIAL_STATE.sort,
    isReversed: kept.isReversed === true,
    filter: typeof filter === 'string' ? filter : INITIAL_STATE.filter,
    isRegex: kept.isRegex === true,
    hideLibraries: kept.hideLibraries === true,
    grouping: GROUPINGS.find((grouping) => grouping === kept.grouping) ?? INITIAL_STATE.grouping,
  };
}
