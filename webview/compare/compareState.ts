import type { DeltaColumnId } from './deltaColumns';
import type { Side } from './flameTree';

/** What stands below the toolbar. */
export type View = 'graph' | 'table';

/** What was chosen in a comparison; it is kept over a reload of the window. */
export interface CompareState {
  readonly view: View;
  /** The side whose costs the widths of the flamegraph stand for. */
  readonly widths: Side;
  /** `undefined` for the greatest change first, in either direction. */
  readonly sort: DeltaColumnId | undefined;
  readonly isReversed: boolean;
  readonly filter: string;
  readonly isRegex: boolean;
  readonly isBeyondSpreadOnly: boolean;
}

export const INITIAL_STATE: CompareState = {
  view: 'graph',
  widths: 'after',
  sort: undefined,
  isReversed: false,
  filter: '',
  isRegex: false,
  isBeyondSpreadOnly: false,
};

/** The state that was kept, with the initial one in place of what is not understood. */
export function parseCompareState(value: unknown): CompareState {
  if (typeof value !== 'object' || value === null) return INITIAL_STATE;
  const kept = value as Partial<Record<keyof CompareState, unknown>>;
  return {
    view: kept.view === 'table' ? 'table' : 'graph',
    widths: kept.widths === 'before' ? 'before' : 'after',
    // A column that is not there sorts nothing.
    sort: typeof kept.sort === 'string' ? (kept.sort as DeltaColumnId) : undefined,
    isReversed: kept.isReversed === true,
    filter: typeof kept.filter === 'string' ? kept.filter : '',
    isRegex: kept.isRegex === true,
    isBeyondSpreadOnly: kept.isBeyondSpreadOnly === true,
  };
}
