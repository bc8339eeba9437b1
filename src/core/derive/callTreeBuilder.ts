import type { CallFlow } from './callFlow';
import { APPORTIONED, CUT_OFF, type CallTree, type TreeLimits } from './callTreeNodes';
import { cutOffCosts } from './cutOffCosts';
import { MaxHeap } from './maxHeap';
import { add, at } from '../model/typedArrays';

/** A branch that may become a node: edge `edge` of the flow, below node `parent` (-1: a root). */
interface Branch {
  readonly parent: number;
  readonly edge: number;
}

/** Nodes for the functions in cut-off frames: they hold little, but each takes the flamegraph as long as any other. */
const MAXIMUM_CUT_OFF_NODES = 10_000;

/** Unrolls a call flow to a tree, the heaviest branches first, and sums up what is cut off. */
export class CallTreeBuilder {
  readonly #flow: CallFlow;
  /** The caller whose edges lead to the roots. */
  readonly #outside: number;
  readonly #maximumNodes: number;
  readonly #minimumWeight: number;
  readonly #tree: CallTree;
  /** What a node passes on to its children. */
  readonly #below: Float64Array;
  #nodes = 0;
  readonly #branches: Branch[] = [];
  /** Indexes of branches. Of one parent only the heaviest branch left waits here; the lighter follow it. */
  readonly #heaviestFirst = new MaxHeap();

  constructor(flow: CallFlow, limits: TreeLimits) {
    this.#flow = flow;
    this.#outside = flow.calleesFirst.length;
    const isCut = flow.paths > limits.maximumNodes;
    const total = at(flow.rest, at(flow.start, this.#outside));
    this.#minimumWeight = isCut ? total * limits.minimumShare : 0;
    this.#maximumNodes = isCut ? Math.max(1, Math.floor(limits.maximumNodes)) : flow.paths;
    this.#below = new Float64Array(this.#maximumNodes);
    this.#tree = {
      parent: new Int32Array(this.#maximumNodes),
      func: new Int32Array(this.#maximumNodes),
      self: new Float64Array(this.#maximumNodes),
      total: new Float64Array(this.#maximumNodes),
      flags: new Uint8Array(this.#maximumNodes),
    };
  }

  build(): CallTree {
    this.#offer({ parent: -1, edge: at(this.#flow.start, this.#outside) });
    const cutOff = this.#unroll();
    this.#addCutOff(cutOff);
    this.#addUp();
    return this.#trimmed();
  }

  /** Adds nodes until the branches left are too light or too many; returns the first such branch of each parent. */
  #unroll(): Branch[] {
    const cutOff: Branch[] = [];
    let index: number | undefined;
    while ((index = this.#heaviestFirst.pop()) !== undefined) {
      const branch = this.#branches[index];
      if (!branch) break;
      const { parent, edge } = branch;
      const isCut = !this.#isAffordable() || this.#weight(branch) < this.#minimumWeight;
      if (isCut || cutOff.length > 0) {
        cutOff.push(branch);
        continue;
      }
      const node = this.#addBranch(branch);
      this.#offer({ parent: node, edge: at(this.#flow.start, at(this.#flow.callee, edge)) });
      this.#offer({ parent, edge: edge + 1 });
    }
    return cutOff;
  }

  /**
   * Whether there is room for one more node, and for the cut-off nodes of all parents that then have
   * branches waiting. Half of a tree that is cut is left to what is summed up in those.
   */
  #isAffordable(): boolean {
    return (
      this.#maximumNodes >= this.#flow.paths ||
      this.#nodes + this.#heaviestFirst.size + 3 <= this.#maximumNodes / 2
    );
  }

  #offer(branch: Branch): void {
    if (branch.edge >= at(this.#flow.start, this.#caller(branch.parent) + 1)) return;
    const weight = this.#weight(branch);
    if (weight > 0) this.#heaviestFirst.push(this.#branches.push(branch) - 1, weight);
  }

  #caller(node: number): number {
    return node < 0 ? this.#outside : at(this.#tree.func, node);
  }

  /** The part of its caller's flow that passes below a node. */
  #scale(node: number): number {
    if (node < 0) return 1;
    return at(this.#below, node) / at(this.#flow.rest, at(this.#flow.start, this.#caller(node)));
  }

  #weight({ parent, edge }: Branch): number {
    return this.#scale(parent) * (at(this.#flow.self, edge) + at(this.#flow.below, edge));
  }

  #addBranch({ parent, edge }: Branch): number {
    const scale = this.#scale(parent);
    const isApportioned = at(this.#flow.assumed, edge) === 1 || this.#dividesByAssumption(parent);
    const node = this.#addNode(
      parent,
      at(this.#flow.callee, edge),
      scale * at(this.#flow.self, edge),
      isApportioned ? APPORTIONED : 0,
    );
    this.#below[node] = scale * at(this.#flow.below, edge);
    return node;
  }

  #addNode(parent: number, func: number, self: number, flags: number): number {
    const node = this.#nodes++;
    this.#tree.parent[node] = parent;
    this.#tree.func[node] = func;
    this.#tree.self[node] = self;
    this.#tree.flags[node] = flags;
    return node;
  }

  /** A function with several callers: nobody measured on whose behalf it called which of its callees. */
  #dividesByAssumption(node: number): boolean {
    if (node < 0) return false;
    const isApportioned = (at(this.#tree.flags, node) & APPORTIONED) !== 0;
    return isApportioned || at(this.#flow.callers, at(this.#tree.func, node)) > 1;
  }

  #addCutOff(branches: readonly Branch[]): void {
    const cutOff = branches
      .map(({ parent, edge }) => {
        const scale = this.#scale(parent);
        const weight = scale * at(this.#flow.rest, edge);
        return { parent, caller: this.#caller(parent), edge, scale, weight };
      })
      .sort((a, b) => b.weight - a.weight || a.parent - b.parent);
    const room = this.#maximumNodes - this.#nodes - cutOff.length;
    const maximum = Math.max(0, Math.min(room, MAXIMUM_CUT_OFF_NODES));
    const { cells, left } = cutOffCosts(this.#flow, cutOff, maximum);
    const first = this.#nodes;
    for (const [row, { parent }] of cutOff.entries()) {
      this.#addNode(parent, -1, at(left, row), CUT_OFF);
    }
    for (const [cell, self] of cells.cost.entries()) {
      this.#addNode(first + at(cells.row, cell), at(cells.column, cell), self, APPORTIONED);
    }
  }

  #addUp(): void {
    const { parent, self, total } = this.#tree;
    for (let node = this.#nodes - 1; node >= 0; node -= 1) {
      add(total, node, at(self, node));
      const above = at(parent, node);
      if (above >= 0) add(total, above, at(total, node));
    }
  }

  #trimmed(): CallTree {
    const { parent, func, self, total, flags } = this.#tree;
    return {
      parent: parent.slice(0, this.#nodes),
      func: func.slice(0, this.#nodes),
      self: self.slice(0, this.#nodes),
      total: total.slice(0, this.#nodes),
      flags: flags.slice(0, this.#nodes),
    };
  }
}
