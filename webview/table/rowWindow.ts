import { create } from '../flamegraph/elements';

/** Height of a row as the style sheet has it; pixels. */
const ROW_HEIGHT = 22;

/** Rows that are drawn above and below those in sight. */
const MARGIN_ROWS = 12;

/** Scrolls through any number of rows and draws the few that are in sight. */
export class RowWindow {
  readonly element = create('div', 'grid-rows');
  readonly #scroller: HTMLElement;
  readonly #draw: (row: number) => HTMLElement;
  readonly #idPrefix = `rows-${++windows}`;
  #count = 0;
  #first = 0;
  #end = 0;

  /**
   * @param scroller the element that scrolls; a header of one row's height sticks to its top
   * @param draw makes the element of a row
   */
  constructor(scroller: HTMLElement, draw: (row: number) => HTMLElement) {
    this.#scroller = scroller;
    this.#draw = draw;
    this.element.setAttribute('role', 'rowgroup');
    scroller.addEventListener('scroll', () => {
      this.#drawNew();
    });
    new ResizeObserver(() => {
      this.#drawNew();
    }).observe(scroller);
  }

  /** Rows that fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.#scroller.clientHeight / ROW_HEIGHT) - 2);
  }

  /** Shows other rows, from the top, or where the view was. */
  show(count: number, isKept: boolean): void {
    this.#count = count;
    this.element.style.height = `${count * ROW_HEIGHT}px`;
    if (!isKept) this.#scroller.scrollTop = 0;
    this.redraw();
  }

  /** Draws the rows in sight anew. */
  redraw(): void {
    [this.#first, this.#end] = this.#inSight();
    const rows: HTMLElement[] = [];
    for (let row = this.#first; row < this.#end; row += 1) rows.push(this.#place(row));
    this.element.replaceChildren(...rows);
  }

  /** Scrolls as little as brings a row into sight. */
  reveal(row: number): void {
    const top = row * ROW_HEIGHT;
    const height = this.#scroller.clientHeight - 2 * ROW_HEIGHT;
    const { scrollTop } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top > scrollTop + height) this.#scroller.scrollTop = top - height;
  }

  /** The row that an element is in, -1 for none. */
  rowOf(target: EventTarget | null): number {
    const element = target instanceof Element ? target.closest('.grid-row') : null;
    const index = element ? [...this.element.children].indexOf(element) : -1;
    return index < 0 ? -1 : this.#first + index;
  }

  /** Id of a row's element, `undefined` where it is not drawn. */
  idOf(row: number): string | undefined {
    return row >= this.#first && row < this.#end ? `${this.#idPrefix}-${row}` : undefined;
  }

  #drawNew(): void {
    const [first, end] = this.#inSight();
    if (first !== this.#first || end !== this.#end) this.redraw();
  }

  /** In steps, so that scrolling by a pixel draws nothing. */
  #inSight(): [first: number, end: number] {
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.floor(scrollTop / ROW_HEIGHT) - MARGIN_ROWS;
    const end = Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + MARGIN_ROWS;
    const step = (row: number): number => Math.round(row / MARGIN_ROWS) * MARGIN_ROWS;
    return [Math.max(0, step(first)), Math.min(this.#count, step(end))];
  }

  #place(row: number): HTMLElement {
    const element = this.#draw(row);
    element.id = `${this.#idPrefix}-${row}`;
    element.style.transform = `translateY(${row * ROW_HEIGHT}px)`;
    return element;
  }
}

/** Windows made so far: their rows' ids differ. */
let windows = 0;
