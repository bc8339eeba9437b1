import type { ComparisonDocument, FunctionDelta } from '../../src/protocol/comparison';
import { Grid, type ColumnKind, type GridContent } from '../table/grid';
import type { CompareState } from './compareState';
import { deltaColumns, type DeltaColumn, type DeltaColumnId } from './deltaColumns';
import { sortedFunctions } from './deltaRows';

/** What the user can do in the table. */
export interface DeltaTableActions {
  /** The selection moved to a function, by its index. */
  readonly select: (func: number) => void;
  /** Enter, a click on the place or a double-click on a function. */
  readonly openSource: (func: number) => void;
  readonly sort: (id: DeltaColumnId) => void;
}

/** The table of functions with their costs on both sides and how they changed. */
export class DeltaTable {
  readonly #grid: Grid<DeltaColumnId>;
  #functions: readonly FunctionDelta[] = [];
  #columns: readonly DeltaColumn[] = [];
  /** All functions as they were sorted last, and how. */
  #order: { readonly by: string; readonly functions: readonly number[] } | undefined;
  #rows: readonly number[] = [];

  constructor({ select, openSource, sort }: DeltaTableActions) {
    const withFunction = (act: (func: number) => void) => (row: number) => {
      const func = this.#rows[row];
      if (func !== undefined) act(func);
    };
    this.#grid = new Grid('Changed functions', {
      select: withFunction(select),
      open: withFunction(openSource),
      opensOnClick: 'place',
      sort,
    });
  }

  get element(): HTMLElement {
    return this.#grid.element;
  }

  /** Takes the functions of a comparison, which `draw` then shows. */
  setComparison({ functions, unit }: ComparisonDocument): void {
    this.#functions = functions;
    this.#columns = deltaColumns(unit);
    this.#order = undefined;
  }

  /** The indexes of all functions, in the order that was chosen. */
  ordered({ sort, isReversed }: Pick<CompareState, 'sort' | 'isReversed'>): readonly number[] {
    const by = `${sort ?? ''} ${isReversed}`;
    if (this.#order?.by !== by) {
      const column = this.#columns.find(({ id }) => id === sort);
      this.#order = { by, functions: sortedFunctions(this.#functions, column, isReversed) };
    }
    return this.#order.functions;
  }

  /** Shows functions, by their indexes; the selected one, -1 for none, where it is among them. */
  draw(rows: readonly number[], selected: number, state: CompareState): void {
    this.#rows = rows;
    this.#grid.show(this.#content(state), rows.indexOf(selected));
  }

  /** Selects a function and brings it into sight, where it is shown. */
  reveal(func: number): void {
    this.#grid.reveal(this.#rows.indexOf(func));
  }

  focus(): void {
    this.#grid.element.focus();
  }

  #content({ sort, isReversed }: CompareState): GridContent<DeltaColumnId> {
    const columns = this.#columns;
    const cell = (row: number, text: (func: FunctionDelta) => string): string => {
      const func = this.#functions[this.#rows[row] ?? -1];
      return func ? text(func) : '';
    };
    return {
      columns: columns.map((column) => ({
        ...column,
        kind: kindOf(column.id),
        sorted: column.id === sort ? directionOf(column.id, isReversed) : undefined,
      })),
      count: this.#rows.length,
      text: (row, column) => cell(row, columns[column]?.text ?? (() => '')),
      tooltip: (row, column) => cell(row, (func) => columns[column]?.tooltip?.(func) ?? ''),
      isExpanded: () => undefined,
    };
  }
}

/** Numbers begin with the largest, texts with the first of the alphabet. */
function directionOf(id: DeltaColumnId, isReversed: boolean): 'ascending' | 'descending' {
  const isDescending = (kindOf(id) === 'wideNumber' && id !== 'mark') !== isReversed;
  return isDescending ? 'descending' : 'ascending';
}

function kindOf(id: DeltaColumnId): ColumnKind {
  if (id === 'name') return 'wideName';
  return id === 'place' ? 'widePlace' : 'wideNumber';
}
