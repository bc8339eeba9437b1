import type { ComparisonDocument } from '../../src/protocol/comparison';
import { create } from '../flamegraph/elements';
import { RowWindow } from '../table/rowWindow';
import { ColorScale } from './colorScale';
import { changeOf } from './delta';
import { boxId, drawBox, nodeAt } from './flameBox';
import { nodeAfter } from './flameKeys';
import { FlameTree, nodeDelta, type FlameBox, type Side } from './flameTree';

/** Boxes narrower than this are not drawn; pixels. */
const LEAST_WIDTH = 2;

/** What the user can do in the flamegraph. */
export interface FlameActions {
  /** The selection moved to a node, with -1 to none. */
  readonly select: (node: number) => void;
  /** A double-click on a node, or Ctrl+Enter. */
  readonly openSource: (node: number) => void;
  /** Something else fills the width. */
  readonly zoomed: (node: number) => void;
}

/**
 * A flamegraph of two sides: boxes are as wide as the costs of one side, and coloured by the change.
 * It is a tree for the keyboard and for screen readers; only the rows in sight are drawn.
 */
export class FlameView {
  readonly element = create('div', 'flame');
  readonly #actions: FlameActions;
  readonly #rows: RowWindow;
  #comparison: ComparisonDocument | undefined;
  #tree: FlameTree | undefined;
  #scale = new ColorScale([]);
  #side: Side = 'after';
  #zoomed = -1;
  #selected = -1;
  /** Indexes of the functions that are looked for; `undefined` for all. */
  #found: ReadonlySet<number> | undefined;
  #boxes: readonly (readonly FlameBox[])[] = [];

  constructor(actions: FlameActions) {
    this.#actions = actions;
    this.#rows = new RowWindow(this.element, (row) => this.#drawRow(row));
    this.#rows.element.setAttribute('role', 'none');
    this.element.append(this.#rows.element);
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'tree');
    this.element.setAttribute('aria-label', 'Differential flamegraph');
    this.element.addEventListener('keydown', (event) => {
      this.#press(event);
    });
    this.element.addEventListener('click', ({ target, detail }) => {
      const node = nodeAt(target);
      if (node < 0) return;
      if (detail === 2) actions.openSource(node);
      else this.select(node);
    });
    new ResizeObserver(() => {
      this.#layOut();
    }).observe(this.element);
  }

  get scale(): ColorScale {
    return this.#scale;
  }

  get selected(): number {
    return this.#selected;
  }

  get zoomed(): number {
    return this.#zoomed;
  }

  /** Shows a comparison that has a tree, as a whole. */
  show(comparison: ComparisonDocument, side: Side): void {
    const { tree } = comparison;
    this.#comparison = comparison;
    this.#tree = tree && new FlameTree(tree);
    this.#side = side;
    this.#zoomed = -1;
    this.#selected = -1;
    this.#scale = new ColorScale(
      tree ? [...tree.func.keys()].map((node) => changeOf(nodeDelta(tree, 'self', node))) : [],
    );
    this.#layOut();
  }

  /** Draws the widths of the other side. */
  setSide(side: Side): void {
    this.#side = side;
    this.#layOut();
  }

  /** Marks the boxes of some functions, by their indexes; `undefined` marks none. */
  mark(found: ReadonlySet<number> | undefined): void {
    this.#found = found;
    this.#rows.redraw();
  }

  /** Selects a node and brings it into sight. */
  select(node: number): void {
    this.#selected = node;
    const row = this.#boxes.findIndex((boxes) => boxes.some((box) => box.node === node));
    if (row >= 0) this.#rows.reveal(row);
    this.#rows.redraw();
    this.#markSelected();
    this.#actions.select(node);
  }

  /** Selects the largest node of a function, by its index. @returns whether there is one */
  selectFunction(func: number): boolean {
    const tree = this.#comparison?.tree;
    if (!tree) return false;
    let best = -1;
    for (const [node, of] of tree.func.entries()) {
      const isLarger =
        best < 0 || (tree[this.#side].total[node] ?? 0) > (tree[this.#side].total[best] ?? 0);
      if (of === func && isLarger) best = node;
    }
    if (best < 0) return false;
    this.#zoomed = -1;
    this.#layOut();
    if (!this.#isDrawn(best)) this.zoom(best);
    this.select(best);
    return true;
  }

  /** Lets a node fill the width; with -1 everything. */
  zoom(node: number): void {
    this.#zoomed = node;
    this.#layOut();
    this.#actions.zoomed(node);
  }

  focus(): void {
    this.element.focus();
  }

  #layOut(): void {
    const width = this.element.clientWidth;
    if (!this.#tree || width === 0) return;
    this.#boxes = this.#tree.layOut(this.#zoomed, this.#side, LEAST_WIDTH / width);
    this.#rows.show(this.#boxes.length, true);
    this.#markSelected();
  }

  #drawRow(row: number): HTMLElement {
    const element = create('div', 'flame-row');
    element.setAttribute('role', 'none');
    const comparison = this.#comparison;
    if (!comparison?.tree) return element;
    const { tree } = comparison;
    const drawn = { comparison, tree, scale: this.#scale, width: this.element.clientWidth };
    const boxes = (this.#boxes[row] ?? []).map((box) =>
      drawBox(drawn, box, row, {
        isSelected: box.node === this.#selected,
        isFound: this.#found?.has(tree.func[box.node] ?? -1),
      }),
    );
    element.append(...boxes);
    return element;
  }

  #isDrawn(node: number): boolean {
    return this.#boxes.some((boxes) => boxes.some((box) => box.node === node));
  }

  #markSelected(): void {
    const isDrawn = this.element.querySelector(`#${boxId(this.#selected)}`) !== null;
    if (isDrawn) this.element.setAttribute('aria-activedescendant', boxId(this.#selected));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #press(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (altKey || shiftKey || !this.#tree) return;
    if (ctrlKey || metaKey) {
      if (key !== 'Enter' || this.#selected < 0) return;
      this.#actions.openSource(this.#selected);
    } else if (key === 'Enter' && this.#selected >= 0) this.#zoomTo(this.#selected);
    else if (key === 'Escape' && this.#zoomed >= 0) this.#zoomTo(-1);
    else {
      const node = nodeAfter(key, this.#selected, this.#boxes, this.#tree);
      if (node === undefined) return;
      this.select(node);
    }
    event.preventDefault();
  }

  #zoomTo(node: number): void {
    this.zoom(node);
    this.select(this.#selected);
  }
}
