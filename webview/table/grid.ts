import type { TableSort } from '../../src/protocol/table';
import { create } from '../flamegraph/elements';
import { RowWindow } from './rowWindow';

/** How wide a column is, and how its cells look. */
export type ColumnKind = keyof typeof KINDS;

/** A column as the grid draws it. */
export interface GridColumn<Id extends string = TableSort> {
  readonly id: Id;
  readonly kind: ColumnKind;
  readonly title: string;
  readonly description: string;
  /** How the rows are sorted by it; `undefined` where they are not. */
  readonly sorted: 'ascending' | 'descending' | undefined;
}

/** What a grid shows. */
export interface GridContent<Id extends string = TableSort> {
  readonly columns: readonly GridColumn<Id>[];
  readonly count: number;
  /** Text of a cell. */
  text(row: number, column: number): string;
  tooltip(row: number, column: number): string;
  /** Of a row that others are below: whether those are shown. */
  isExpanded(row: number): boolean | undefined;
}

/** What the user can do in a grid. */
export interface GridActions<Id extends string = TableSort> {
  /** The selection moved to a row. */
  readonly select: (row: number) => void;
  /** Enter or a double-click on a row. */
  readonly open: (row: number) => void;
  /** Whether a single click opens too: on a row, or only where the row's place is told. */
  readonly opensOnClick?: 'row' | 'place';
  /** A row that others are below is to be opened or closed. */
  readonly expand?: (row: number) => void;
  /** The title of a column was pressed. */
  readonly sort?: (id: Id) => void;
}

/**
 * A table that draws only the rows in sight. The keyboard moves a selection in it, which screen
 * readers follow by `aria-activedescendant`.
 */
export class Grid<Id extends string = TableSort> {
  readonly element: HTMLElement;
  readonly #actions: GridActions<Id>;
  readonly #header = create('div', 'grid-header');
  readonly #window: RowWindow;
  #content: GridContent<Id> = EMPTY;
  #selected = -1;

  /** @param label what is in the table, for screen readers */
  constructor(label: string, actions: GridActions<Id>) {
    this.#actions = actions;
    this.#header.setAttribute('role', 'row');
    this.element = create('div', 'grid', this.#header);
    this.element.setAttribute('role', 'treegrid');
    this.element.setAttribute('aria-label', label);
    this.element.tabIndex = 0;
    this.#window = new RowWindow(this.element, (row) => this.#draw(row));
    this.element.append(this.#window.element);
    this.element.addEventListener('keydown', (event) => {
      this.#press(event);
    });
    this.#window.element.addEventListener('click', ({ target, detail }) => {
      this.#click(this.#window.rowOf(target), this.#opensOnClick(target) ? 1 : 2, detail);
    });
  }

  get selected(): number {
    return this.#selected;
  }

  /** Shows other content, from its top, or where the view was. */
  show(content: GridContent<Id>, selected: number, isKept = false): void {
    this.#content = content;
    this.#selected = selected;
    this.#layOut(content.columns);
    // The header is a row, too.
    this.element.setAttribute('aria-rowcount', String(content.count + 1));
    this.element.setAttribute('aria-colcount', String(content.columns.length));
    this.#drawHeader();
    this.#window.show(content.count, isKept);
    this.#markSelected();
  }

  /** Selects a row and brings it into sight, as if the user had not done it. */
  reveal(row: number): void {
    this.#selected = row;
    if (row >= 0) this.#window.reveal(row);
    this.#window.redraw();
    this.#markSelected();
  }

  #opensOnClick(target: EventTarget | null): boolean {
    const { opensOnClick } = this.#actions;
    if (opensOnClick !== 'place') return opensOnClick === 'row';
    return target instanceof Element && target.closest('.grid-cell.place') !== null;
  }

  /** @param clicksToOpen how many clicks on the spot open the row */
  #click(row: number, clicksToOpen: 1 | 2, clicks: number): void {
    if (row < 0) return;
    if (clicksToOpen === 1 ? clicks === 1 : clicks > 1) this.#actions.open(row);
    else {
      if (this.#content.isExpanded(row) !== undefined) this.#actions.expand?.(row);
      this.#select(row);
    }
  }

  #press(event: KeyboardEvent): void {
    const { key, target } = event;
    if (target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = this.#rowAfter(key);
    if (row !== undefined) this.#select(row);
    else if (!this.#act(key)) return;
    event.preventDefault();
  }

  #act(key: string): boolean {
    const row = this.#selected;
    if (row < 0) return false;
    const isExpanded = this.#content.isExpanded(row);
    if (key === 'Enter') {
      if (isExpanded === undefined) this.#actions.open(row);
      else this.#actions.expand?.(row);
      return true;
    }
    const isOther = isExpanded === (key === 'ArrowLeft');
    if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || isExpanded === undefined) return false;
    if (isOther) this.#actions.expand?.(row);
    return true;
  }

  #rowAfter(key: string): number | undefined {
    const last = this.#content.count - 1;
    if (last < 0) return undefined;
    const at = this.#selected;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + this.#window.page,
      PageUp: at - this.#window.page,
      Home: 0,
      End: last,
    };
    const moved = moves[key];
    return moved === undefined ? undefined : Math.min(Math.max(moved, 0), last);
  }

  #select(row: number): void {
    this.reveal(row);
    this.#actions.select(row);
  }

  #markSelected(): void {
    const id = this.#window.idOf(this.#selected);
    if (id === undefined) this.element.removeAttribute('aria-activedescendant');
    else this.element.setAttribute('aria-activedescendant', id);
  }

  /** All rows are laid out alike, and scroll sideways together where there is no room for them. */
  #layOut(columns: readonly GridColumn<Id>[]): void {
    const kinds = columns.map(({ kind }) => KINDS[kind]);
    const tracks = kinds.map(({ least, share }) => `minmax(${least}px, ${share}fr)`).join(' ');
    const least = kinds.reduce((sum, kind) => sum + kind.least + COLUMN_GAP, COLUMN_GAP);
    this.element.style.setProperty('--columns', tracks);
    this.element.style.setProperty('--least-width', `${least}px`);
  }

  #drawHeader(): void {
    const focused = this.#header.querySelector<HTMLElement>(':focus')?.dataset['id'];
    this.#header.replaceChildren(...this.#content.columns.map((column) => this.#title(column)));
    this.#header.querySelector<HTMLElement>(`[data-id="${focused ?? ''}"]`)?.focus();
  }

  #title({ id, kind, title, description, sorted }: GridColumn<Id>): HTMLElement {
    const { sort } = this.#actions;
    const label = create(sort ? 'button' : 'span', 'grid-title');
    label.textContent = title + (sorted === undefined ? '' : SORT_MARKS[sorted]);
    label.title = description;
    label.dataset['id'] = id;
    if (sort) {
      label.addEventListener('click', () => {
        sort(id);
      });
    }
    const cell = create('div', `grid-cell ${KINDS[kind].look}`, label);
    cell.setAttribute('role', 'columnheader');
    if (sort) cell.setAttribute('aria-sort', sorted ?? 'none');
    return cell;
  }

  #draw(row: number): HTMLElement {
    const { columns } = this.#content;
    const cells = columns.map(({ kind }, column) => {
      const cell = create('div', `grid-cell ${KINDS[kind].look}`);
      cell.setAttribute('role', 'gridcell');
      cell.textContent = this.#content.text(row, column);
      cell.title = this.#content.tooltip(row, column);
      return cell;
    });
    const element = create('div', 'grid-row', ...cells);
    element.setAttribute('role', 'row');
    element.setAttribute('aria-rowindex', String(row + 2));
    element.setAttribute('aria-selected', String(row === this.#selected));
    const isExpanded = this.#content.isExpanded(row);
    if (isExpanded !== undefined) {
      element.classList.add('group');
      element.setAttribute('aria-expanded', String(isExpanded));
    }
    return element;
  }
}

/**
 * How the style sheet knows a kind of columns, their least width in pixels, and the share that they
 * have of what is left.
 */
const KINDS = {
  number: { look: 'number', least: 76, share: 1 },
  wideNumber: { look: 'number', least: 92, share: 1 },
  name: { look: 'name', least: 120, share: 4 },
  wideName: { look: 'name', least: 200, share: 4 },
  place: { look: 'place', least: 90, share: 2 },
  widePlace: { look: 'place', least: 130, share: 2 },
} as const;

/** As in the style sheet, where the margins are as wide; pixels. */
const COLUMN_GAP = 12;

const EMPTY: GridContent<never> = {
  columns: [],
  count: 0,
  text: () => '',
  tooltip: () => '',
  isExpanded: () => undefined,
};

const SORT_MARKS = { ascending: ' ▲', descending: ' ▼' };
