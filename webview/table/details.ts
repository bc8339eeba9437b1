import { create } from '../flamegraph/elements';
import { createButton } from '../toolkit';
import { calleesOf, callersOf } from './calls';
import { callColumns, columnKind } from './columns';
import type { Functions } from './functions';
import { Grid } from './grid';

/** What the user can ask for below the table. */
export interface DetailsActions {
  /** Goes to a caller or callee. */
  readonly walk: (func: number) => void;
  readonly back: () => void;
  readonly forward: () => void;
  readonly showInFlamegraph: () => void;
}

/** Where the walk through callers and callees can go from here. */
export interface Directions {
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}

/** The callers and callees of the selected function. */
export class Details {
  readonly element: HTMLElement;
  readonly #name = create('h2', 'details-name');
  readonly #back: HTMLElement;
  readonly #forward: HTMLElement;
  readonly #callers: CallList;
  readonly #callees: CallList;

  constructor(actions: DetailsActions) {
    this.#back = createButton('Back', 'secondary', actions.back);
    this.#forward = createButton('Forward', 'secondary', actions.forward);
    const flamegraph = createButton('Show in flamegraph', 'secondary', actions.showInFlamegraph);
    this.#callers = new CallList('Callers', 'caller', actions.walk);
    this.#callees = new CallList('Callees', 'callee', actions.walk);
    const buttons = create('div', 'buttons', this.#back, this.#forward, flamegraph);
    const header = create('div', 'details-header', this.#name, buttons);
    const lists = create('div', 'details-lists', this.#callers.element, this.#callees.element);
    this.element = create('section', 'details', header, lists);
    this.element.setAttribute('aria-label', 'Callers and callees');
    this.element.hidden = true;
  }

  show(functions: Functions, func: number, { canGoBack, canGoForward }: Directions): void {
    const { calls } = functions.document;
    this.element.hidden = false;
    this.#name.textContent = functions.name(func);
    this.#back.toggleAttribute('disabled', !canGoBack);
    this.#forward.toggleAttribute('disabled', !canGoForward);
    this.#callers.show(functions, callersOf(calls, func));
    this.#callees.show(functions, calleesOf(calls, func));
  }

  hide(): void {
    this.element.hidden = true;
  }
}

/** The callers or the callees, in a grid of their own. */
class CallList {
  readonly element: HTMLElement;
  readonly #title = create('h3', 'list-title');
  readonly #label: string;
  readonly #side: 'caller' | 'callee';
  readonly #grid: Grid;
  #functions: Functions | undefined;
  #calls: readonly number[] = [];

  constructor(label: string, side: 'caller' | 'callee', walk: (func: number) => void) {
    this.#label = label;
    this.#side = side;
    this.#grid = new Grid(label, {
      select: () => undefined,
      open: (row) => {
        const func = this.#functions?.document.calls[side][this.#calls[row] ?? -1];
        if (func !== undefined) walk(func);
      },
      opensOnClick: 'row',
    });
    this.element = create('div', 'call-list', this.#title, this.#grid.element);
  }

  show(functions: Functions, calls: readonly number[]): void {
    this.#functions = functions;
    this.#calls = calls;
    this.#title.textContent = `${this.#label} (${calls.length})`;
    const columns = callColumns(functions, this.#side);
    this.#grid.show(
      {
        columns: columns.map((column) => ({
          ...column,
          kind: columnKind(column.id),
          sorted: undefined,
        })),
        count: calls.length,
        text: (row, column) => columns[column]?.text(calls[row] ?? -1) ?? '',
        tooltip: (row, column) => columns[column]?.tooltip?.(calls[row] ?? -1) ?? '',
        isExpanded: () => undefined,
      },
      calls.length > 0 ? 0 : -1,
    );
  }
}
