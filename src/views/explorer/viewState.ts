import type { Memento } from 'vscode';

/** How the list is arranged; kept for each workspace. */
export interface ViewState {
  readonly sortBy: 'duration' | 'time';
  /** Longest or newest first. */
  readonly descending: boolean;
  readonly groupBy: 'none' | 'endpoint' | 'directory';
  /** As the user typed it; empty for none. */
  readonly filter: string;
  readonly following: boolean;
}

const KEY = 'hotline.profilesView';

const DEFAULT: ViewState = {
  sortBy: 'duration',
  descending: true,
  groupBy: 'none',
  filter: '',
  following: false,
};

/** The state as it was left; whatever another version may have written, it is a valid one. */
export function loadViewState(memento: Pick<Memento, 'get'>): ViewState {
  const stored = memento.get<Partial<Record<keyof ViewState, unknown>>>(KEY) ?? {};
  return {
    sortBy: stored.sortBy === 'time' ? 'time' : DEFAULT.sortBy,
    descending: stored.descending !== false,
    groupBy:
      stored.groupBy === 'endpoint' || stored.groupBy === 'directory'
        ? stored.groupBy
        : DEFAULT.groupBy,
    filter: typeof stored.filter === 'string' ? stored.filter : DEFAULT.filter,
    following: stored.following === true,
  };
}

export async function saveViewState(memento: Memento, state: ViewState): Promise<void> {
  await memento.update(KEY, state);
}
