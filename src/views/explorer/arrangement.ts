import { window, type QuickPickItem } from 'vscode';
import { FILTER_PROMPT, parseFilter } from './profileFilter';
import type { ViewState } from './viewState';

interface Choice extends QuickPickItem {
  readonly change: Partial<ViewState>;
}

const ORDERS: readonly Choice[] = [
  { label: 'Longest first', change: { sortBy: 'duration', descending: true } },
  { label: 'Shortest first', change: { sortBy: 'duration', descending: false } },
  { label: 'Newest first', change: { sortBy: 'time', descending: true } },
  { label: 'Oldest first', change: { sortBy: 'time', descending: false } },
];

const GROUPINGS: readonly Choice[] = [
  { label: 'No groups', change: { groupBy: 'none' } },
  {
    label: 'By endpoint',
    detail: 'Requests of the same method and URL template, with count, p50, p95 and max',
    change: { groupBy: 'endpoint' },
  },
  { label: 'By directory', change: { groupBy: 'directory' } },
];

/** Asks in which order the profiles stand; `undefined` when the user thinks better of it. */
export function askOrder(view: ViewState): Promise<Partial<ViewState> | undefined> {
  return ask('Sort profiles', ORDERS, view);
}

/** Asks how the profiles are grouped. */
export function askGrouping(view: ViewState): Promise<Partial<ViewState> | undefined> {
  return ask('Group profiles', GROUPINGS, view);
}

/** Asks which profiles are shown. */
export async function askFilter(view: ViewState): Promise<Partial<ViewState> | undefined> {
  const filter = await window.showInputBox({
    title: 'Filter profiles',
    prompt: FILTER_PROMPT,
    value: view.filter,
    validateInput: (text) => {
      const parsed = parseFilter(text);
      return typeof parsed === 'string' ? parsed : undefined;
    },
  });
  return filter === undefined ? undefined : { filter: filter.trim() };
}

/** The order in words, for the view's title: `longest first`. */
export function orderInWords(view: ViewState): string {
  return (ORDERS.find(({ change }) => isCurrent(change, view))?.label ?? '').toLowerCase();
}

async function ask(
  title: string,
  choices: readonly Choice[],
  view: ViewState,
): Promise<Partial<ViewState> | undefined> {
  const items = choices.map((choice) =>
    isCurrent(choice.change, view) ? { ...choice, description: '✓ current' } : choice,
  );
  const chosen = await window.showQuickPick(items, { title, placeHolder: title });
  return chosen?.change;
}

function isCurrent(change: Partial<ViewState>, view: ViewState): boolean {
  return Object.entries(change).every(([key, value]) => view[key as keyof ViewState] === value);
}
