import type { ShownFrame } from '../../src/protocol/flamegraph';
import type { CallColumns, PrintedTable, TableFunctions } from '../../src/protocol/table';
import { create } from '../flamegraph/elements';
import { NO_CALLS } from './calls';
import { columnKind, functionColumns, type Column } from './columns';
import { Details } from './details';
import { FilterBar } from './filterBar';
import { Functions } from './functions';
import { Grid, type GridContent } from './grid';
import { groupText, groupTooltip } from './groupCells';
import { History } from './history';
import { isDescending, sortedFunctions } from './order';
import { restrictionOf, shownFunctions, tableRows, type TableRow } from './rows';
import type { TableState } from './tableState';

/** What the user can ask for in the table. */
export interface TableActions {
  readonly select: (frame: ShownFrame | undefined) => void;
  readonly openSource: (frame: ShownFrame) => void;
  readonly showInFlamegraph: (frame: ShownFrame) => void;
  readonly copy: (printed: PrintedTable) => void;
  /** Something else was chosen. */
  readonly changed: (state: TableState) => void;
}

/** The table of functions in place of the graph, with the callers and callees of the selected one below. */
export class TableView {
  readonly element = create('main', 'table-view');
  readonly #actions: TableActions;
  readonly #message = create('p', 'table-message');
  readonly #bar: FilterBar;
  readonly #grid: Grid;
  readonly #details: Details;
  readonly #history = new History();
  /** Names of the groups whose functions are not shown. */
  readonly #closed = new Set<string>();
  #state: TableState;
  #functions: Functions | undefined;
  /** All functions as they were sorted last, and how. */
  #order: { readonly by: string; readonly functions: readonly number[] } | undefined;
  #shown: readonly number[] = [];
  #rows: readonly TableRow[] = [];

  constructor(state: TableState, actions: TableActions) {
    this.#state = state;
    this.#actions = actions;
    this.#bar = new FilterBar(state, {
      change: (change) => {
        this.#change(change);
      },
      copy: () => {
        this.#copy();
      },
    });
    this.#grid = new Grid('Functions', {
      select: (row) => {
        this.#selectRow(row);
      },
      open: (row) => {
        const func = this.#rows[row];
        if (typeof func === 'number') this.#openSource(func);
      },
      expand: (row) => {
        this.#expand(row);
      },
      sort: (sort) => {
        const isReversed = sort === this.#state.sort && !this.#state.isReversed;
        this.#change({ sort, isReversed });
      },
    });
    this.#details = new Details({
      walk: (func) => {
        this.#walk(func);
      },
      back: () => {
        this.#history.back();
        this.#arrive();
      },
      forward: () => {
        this.#history.forward();
        this.#arrive();
      },
      showInFlamegraph: () => {
        if (this.selected) actions.showInFlamegraph(this.selected);
      },
    });
    this.#message.setAttribute('role', 'status');
    const { element: grid } = this.#grid;
    this.element.append(this.#bar.element, this.#message, grid, this.#details.element);
    this.element.addEventListener('keydown', (event) => {
      this.#keepFromGraph(event);
    });
    this.element.hidden = true;
    this.wait();
  }

  get state(): TableState {
    return this.#state;
  }

  /** The function that is selected. */
  get selected(): ShownFrame | undefined {
    const func = this.#history.current;
    return func === undefined ? undefined : this.#functions?.frame(func);
  }

  /** Keeps whether the table is to stand in place of the graph. */
  setShown(isShown: boolean): void {
    this.#setState({ isShown });
  }

  /** Shows that functions are still to come. */
  wait(): void {
    this.say('Reading the functions…');
  }

  /** Shows a sentence in place of the functions. */
  say(sentence: string): void {
    this.#message.textContent = sentence;
    this.#message.hidden = false;
    this.#grid.element.hidden = true;
    this.#details.hide();
  }

  /** Shows the functions of a profile; the one that was selected stays so, where it is among them. */
  show(table: TableFunctions, libraries: Uint8Array): void {
    const selected = this.selected;
    this.#functions = new Functions({ ...table, calls: NO_CALLS }, libraries);
    this.#order = undefined;
    this.#history.clear();
    this.#closed.clear();
    this.#message.hidden = true;
    this.#grid.element.hidden = false;
    const func = selected ? this.#functions.indexOf(selected) : -1;
    this.#filter();
    if (func >= 0) this.#walk(func);
    else {
      this.#details.hide();
      this.#actions.select(undefined);
    }
  }

  /** Tells who calls whom, now that it has come. */
  setCalls(calls: CallColumns): void {
    this.#functions = this.#functions?.with({ calls });
    if (this.#history.current !== undefined) this.#showSelected();
  }

  /** Tells which files are of libraries, now that they were looked for. */
  setLibraries(libraries: Uint8Array): void {
    if (!this.#functions) return;
    this.#functions = this.#functions.with({ libraries });
    if (this.#state.hideLibraries) this.#filter();
  }

  /** Says that so many functions are in the clipboard. */
  copied(functions: number): void {
    this.#bar.say(`Copied ${functions} ${functions === 1 ? 'function' : 'functions'}.`);
  }

  focus(): void {
    this.#grid.element.focus();
  }

  #change(change: Partial<TableState>): void {
    this.#setState(change);
    this.#filter();
  }

  #setState(change: Partial<TableState>): void {
    this.#state = { ...this.#state, ...change };
    this.#actions.changed(this.#state);
  }

  #filter(): void {
    const functions = this.#functions;
    if (!functions) return;
    const state = this.#sorted(functions);
    const order = this.#orderOf(functions, state);
    const { functions: shown, problem } = shownFunctions(functions, order, state);
    this.#shown = shown;
    this.#bar.setCount(shown.length, functions.count, problem);
    this.#draw(false);
  }

  #draw(isKept: boolean): void {
    const functions = this.#functions;
    if (!functions) return;
    const state = this.#sorted(functions);
    this.#rows = tableRows(functions, this.#shown, state, this.#closed);
    const selected = this.#rows.indexOf(this.#history.current ?? -1);
    this.#grid.show(this.#content(functions, state), selected, isKept);
  }

  /** The state with a sort order that this profile has a column for. */
  #sorted(functions: Functions): TableState {
    const hasColumn = functionColumns(functions).some(({ id }) => id === this.#state.sort);
    return hasColumn ? this.#state : { ...this.#state, sort: 'total', isReversed: false };
  }

  #orderOf(functions: Functions, state: TableState): readonly number[] {
    const by = `${state.sort} ${state.isReversed}`;
    if (this.#order?.by !== by) this.#order = { by, functions: sortedFunctions(functions, state) };
    return this.#order.functions;
  }

  #content(functions: Functions, state: TableState): GridContent {
    const columns = functionColumns(functions);
    const direction = isDescending(state) ? 'descending' : 'ascending';
    const textOf = (row: TableRow, column: Column<number>): string =>
      typeof row === 'number' ? column.text(row) : groupText(row, column.id, functions);
    return {
      columns: columns.map((column) => ({
        ...column,
        kind: columnKind(column.id),
        sorted: column.id === state.sort ? direction : undefined,
      })),
      count: this.#rows.length,
      text: (index, column) => cellText(this.#rows[index], columns[column], textOf),
      tooltip: (index, column) =>
        cellText(this.#rows[index], columns[column], (row, shown) =>
          typeof row === 'number'
            ? (shown.tooltip?.(row) ?? '')
            : groupTooltip(row, shown.id, functions),
        ),
      isExpanded: (index) => {
        const row = this.#rows[index];
        return typeof row === 'object' ? !this.#closed.has(row.name) : undefined;
      },
    };
  }

  #selectRow(row: number): void {
    const func = this.#rows[row];
    if (typeof func !== 'number') return;
    this.#history.visit(func);
    this.#showSelected();
  }

  /** Goes to a function; where a filter hides it, only its callers and callees are shown. */
  #walk(func: number): void {
    this.#history.visit(func);
    this.#arrive();
  }

  #arrive(): void {
    this.#grid.reveal(this.#rows.indexOf(this.#history.current ?? -1));
    this.#showSelected();
  }

  #showSelected(): void {
    const func = this.#history.current;
    if (func === undefined || !this.#functions) return;
    this.#details.show(this.#functions, func, this.#history);
    this.#actions.select(this.selected);
  }

  #expand(index: number): void {
    const row = this.#rows[index];
    if (typeof row !== 'object') return;
    if (!this.#closed.delete(row.name)) this.#closed.add(row.name);
    this.#draw(true);
    this.#grid.reveal(index);
  }

  #openSource(func: number): void {
    const frame = this.#functions?.frame(func);
    if (frame?.file !== undefined) this.#actions.openSource(frame);
  }

  #copy(): void {
    if (!this.#functions) return;
    const { sort } = this.#sorted(this.#functions);
    const functions = this.#rows.filter((row) => typeof row === 'number');
    const order = this.#closed.size === 0 ? functions : this.#shown;
    const restriction = restrictionOf(this.#state);
    this.#actions.copy({ order: Int32Array.from(order), sort, restriction });
  }

  /** speedscope listens everywhere in the page for keys without modifiers, and for its search. */
  #keepFromGraph(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey } = event;
    const isFind = (ctrlKey || metaKey) && key.toLowerCase() === 'f';
    if (isFind) {
      event.preventDefault();
      this.#bar.focus();
    }
    if (isFind || (key.length === 1 && !ctrlKey && !metaKey && !altKey)) event.stopPropagation();
  }
}

function cellText(
  row: TableRow | undefined,
  column: Column<number> | undefined,
  textOf: (row: TableRow, column: Column<number>) => string,
): string {
  return row === undefined || column === undefined ? '' : textOf(row, column);
}
