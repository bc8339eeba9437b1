import type { CallFlow } from './callFlow';
import { pickLargest, reduceTable, sumsBy, type CostTable } from './costTable';
import { add, at } from './numbers';

/** The branches that were cut off from one node of a call tree. */
export interface CutOffBranches {
  /** The node's function. */
  readonly caller: number;
  /** The first edge of the caller that was cut off; the lighter ones after it were too. */
  readonly edge: number;
  /** The part of the edges' flow that passes below this node. */
  readonly scale: number;
}

/** What cut-off branches spend. */
export interface CutOffCosts {
  /** A row for each of the branches, a column for each function. */
  readonly cells: CostTable;
  /** Per row: the cost that is in no cell. */
  readonly left: Float64Array;
}

/** So many costs are looked at, about, which bounds the time for enormous graphs. */
const MAXIMUM_COSTS = 250_000;

/** Cells of one row, the largest; speedscope 1.25.0 searches all siblings of a frame for each of them. */
const MAXIMUM_SIBLINGS = 1_000;

/**
 * Adds up, per function, what cut-off branches spend, without unrolling them: the cost flows through
 * the graph, callers before callees. When these are more than `maximum` cells, the most important
 * ones are adjusted to stand for all (see `reduceTable`), if they can.
 *
 * @param cutOff the heaviest first
 */
export function cutOffCosts(
  flow: CallFlow,
  cutOff: readonly CutOffBranches[],
  maximum: number,
): CutOffCosts {
  const all = allCosts(flow, cutOff);
  const reduced = all.cost.length > maximum ? reduceTable(all, maximum) : all;
  const cells = reduced ?? pickLargest(all, maximum);
  const told = reduced ? all : cells;
  const left = Float64Array.from(cutOff, ({ edge, scale }) => scale * at(flow.rest, edge));
  for (const [row, sum] of sumsBy(told.row, told.cost).entries()) add(left, row, -sum);
  return { cells, left: left.map((cost) => Math.max(0, cost)) };
}

function allCosts(flow: CallFlow, cutOff: readonly CutOffBranches[]): CostTable {
  const row: number[] = [];
  const column: number[] = [];
  const cost: number[] = [];
  const spread = new Spread(flow);
  let looks = 0;
  for (const [index, branches] of cutOff.entries()) {
    if (looks >= MAXIMUM_COSTS) break;
    const costs = spread.follow(branches);
    looks += costs.length;
    for (const { func, self } of largest(costs)) {
      row.push(index);
      column.push(func);
      cost.push(self);
    }
  }
  return {
    row: Int32Array.from(row),
    column: Int32Array.from(column),
    cost: Float64Array.from(cost),
  };
}

/** What a function spends of a cost that flows. */
interface Spent {
  readonly func: number;
  readonly self: number;
}

function largest(costs: readonly Spent[]): readonly Spent[] {
  if (costs.length <= MAXIMUM_SIBLINGS) return costs;
  const ascending = Float64Array.from(costs, ({ self }) => self).sort();
  const least = at(ascending, costs.length - MAXIMUM_SIBLINGS);
  return costs.filter(({ self }) => self >= least).slice(0, MAXIMUM_SIBLINGS);
}

/** Lets a cost flow from some edges to the functions that spend it. Reused, because its arrays are large. */
class Spread {
  readonly #flow: CallFlow;
  readonly #rank: Int32Array;
  readonly #self: Float64Array;
  readonly #below: Float64Array;
  readonly #isReached: Uint8Array;
  /** How many functions are reached, and the greatest rank among them. */
  #reached = 0;
  #highest = 0;

  constructor(flow: CallFlow) {
    const functions = flow.calleesFirst.length;
    this.#flow = flow;
    this.#rank = new Int32Array(functions);
    for (const [rank, func] of flow.calleesFirst.entries()) this.#rank[func] = rank;
    this.#self = new Float64Array(functions);
    this.#below = new Float64Array(functions);
    this.#isReached = new Uint8Array(functions);
  }

  /** Every function that spends anything, callers before callees. */
  follow({ caller, edge, scale }: CutOffBranches): Spent[] {
    const spent: Spent[] = [];
    this.#divide(edge, at(this.#flow.start, caller + 1), scale);
    // A callee ranks below its callers, so one pass from the highest rank down meets them all.
    for (let rank = this.#highest; rank >= 0 && this.#reached > 0; rank -= 1) {
      const func = at(this.#flow.calleesFirst, rank);
      if (at(this.#isReached, func) === 0) continue;
      const start = at(this.#flow.start, func);
      const share = at(this.#below, func) / at(this.#flow.rest, start);
      this.#divide(start, at(this.#flow.start, func + 1), share);
      const self = at(this.#self, func);
      this.#self[func] = this.#below[func] = this.#isReached[func] = 0;
      this.#reached -= 1;
      if (self > 0) spent.push({ func, self });
    }
    this.#highest = 0;
    return spent;
  }

  #divide(start: number, end: number, scale: number): void {
    for (let edge = start; edge < end; edge += 1) {
      const callee = at(this.#flow.callee, edge);
      add(this.#self, callee, scale * at(this.#flow.self, edge));
      add(this.#below, callee, scale * at(this.#flow.below, edge));
      if (at(this.#isReached, callee) === 1) continue;
      this.#isReached[callee] = 1;
      this.#reached += 1;
      this.#highest = Math.max(this.#highest, at(this.#rank, callee));
    }
  }
}
