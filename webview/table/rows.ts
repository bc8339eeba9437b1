import type { Functions } from './functions';
import { groupFunctions, type FunctionGroup } from './groups';
import { textTest } from './order';
import type { TableState } from './tableState';

/** The rows of the table: functions, or groups with their functions below them. */
export type TableRow = number | FunctionGroup;

/** Which functions the table shows, in its order. */
export interface ShownFunctions {
  readonly functions: readonly number[];
  /** What is wrong with the regular expression, which then filters nothing. */
  readonly problem: string | undefined;
}

/** Of functions in the order that was chosen, those that pass the filters. */
export function shownFunctions(
  functions: Functions,
  sorted: readonly number[],
  state: TableState,
): ShownFunctions {
  const own = state.hideLibraries ? sorted.filter((func) => !functions.isLibrary(func)) : sorted;
  if (state.filter === '') return { functions: own, problem: undefined };
  try {
    const passes = textTest({ text: state.filter, isRegex: state.isRegex });
    const found = own.filter((func) => passes(functions.searchText(func)));
    return { functions: found, problem: undefined };
  } catch (error) {
    return { functions: own, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The rows of functions, in groups where that was chosen. */
export function tableRows(
  functions: Functions,
  shown: readonly number[],
  state: TableState,
  closed: ReadonlySet<string>,
): readonly TableRow[] {
  const { grouping } = state;
  if (grouping === 'none') return shown;
  return groupFunctions(functions, shown, grouping, state).flatMap((group): TableRow[] =>
    closed.has(group.name) ? [group] : [group, ...group.functions],
  );
}

/** Why not all functions are shown, as pstats would tell it; `undefined` where nothing is filtered. */
export function restrictionOf({ filter, hideLibraries }: TableState): string | undefined {
  const reasons = [
    ...(filter === '' ? [] : [`'${filter}'`]),
    ...(hideLibraries ? ['without libraries'] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(', ');
}
