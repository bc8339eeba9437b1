import type { DifferentialTree, TreeCosts } from '../../src/protocol/comparison';

/** The side whose costs the widths of boxes stand for. */
export type Side = 'before' | 'after';

/** A box of the flamegraph; its place is told in parts of the width, 0 to 1. */
export interface FlameBox {
  readonly node: number;
  readonly left: number;
  readonly width: number;
}

/** A differential tree, from parents to children. */
export class FlameTree {
  readonly tree: DifferentialTree;
  /** Children of node `n` are `#children` from `#first[n]` to `#first[n + 1]`; node 0 stands for no node. */
  readonly #first: Int32Array;
  readonly #children: Int32Array;

  constructor(tree: DifferentialTree) {
    this.tree = tree;
    const { parent } = tree;
    const nodes = parent.length;
    this.#first = new Int32Array(nodes + 2);
    for (const above of parent) this.#first[above + 2] = (this.#first[above + 2] ?? 0) + 1;
    for (let node = 1; node < nodes + 2; node += 1) {
      this.#first[node] = (this.#first[node] ?? 0) + (this.#first[node - 1] ?? 0);
    }
    const next = this.#first.slice();
    this.#children = new Int32Array(nodes);
    for (const [node, above] of parent.entries()) {
      const at = next[above + 1] ?? 0;
      this.#children[at] = node;
      next[above + 1] = at + 1;
    }
    for (let above = -1; above < nodes; above += 1) {
      this.childrenOf(above).sort((one, other) => this.#size(other) - this.#size(one));
    }
  }

  /** The nodes below a node, or with -1 the roots; the largest of either side first. */
  childrenOf(node: number): Int32Array {
    return this.#children.subarray(this.#first[node + 1], this.#first[node + 2]);
  }

  parentOf(node: number): number {
    return this.tree.parent[node] ?? -1;
  }

  /**
   * The boxes by their depth: a node with all below it, over the whole width, and above it the nodes
   * that it is below of; with -1 everything. Boxes that are too narrow are left out, with all below.
   *
   * @param least of the widths, as a part of the whole
   */
  layOut(zoomed: number, side: Side, least: number): FlameBox[][] {
    const rows: FlameBox[][] = [];
    for (let node = zoomed; node >= 0; node = this.parentOf(node)) {
      rows.unshift([{ node, left: 0, width: 1 }]);
    }
    let above: readonly FlameBox[] = [{ node: zoomed, left: 0, width: 1 }];
    while (above.length > 0) {
      const row = above.flatMap((box) => this.#boxesBelow(box, side, least));
      if (row.length > 0) rows.push(row);
      above = row;
    }
    return rows;
  }

  #boxesBelow({ node, left, width }: FlameBox, side: Side, least: number): FlameBox[] {
    const { total } = this.tree[side];
    const children = this.childrenOf(node);
    const sum = children.reduce((all, child) => all + (total[child] ?? 0), 0);
    // What was estimated may add up to more than what it is below of.
    const whole = Math.max(node < 0 ? 0 : (total[node] ?? 0), sum);
    const boxes: FlameBox[] = [];
    let at = left;
    for (const child of children) {
      const part = whole > 0 ? (width * (total[child] ?? 0)) / whole : 0;
      if (part >= least) boxes.push({ node: child, left: at, width: part });
      at += part;
    }
    return boxes;
  }

  #size(node: number): number {
    const { before, after } = this.tree;
    return Math.max(before.total[node] ?? 0, after.total[node] ?? 0);
  }
}

/** A cost of a node on both sides. */
export function nodeDelta(
  { before, after }: DifferentialTree,
  cost: keyof TreeCosts,
  node: number,
): { before: number; after: number } {
  return { before: before[cost][node] ?? 0, after: after[cost][node] ?? 0 };
}
