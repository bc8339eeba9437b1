import type { CallFlow } from './callFlow';
import { pickLargest, reduceTable, sumsBy, type CostTable } from './costTable';
import { add, at } from '../model/typedArrays';

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
  const spread = new Spread(flow);
  const room = Math.min(MAXIMUM_COSTS, cutOff.length * spread.cost.length) + MAXIMUM_SIBLINGS;
  const row = new Int32Array(room);
  const column = new Int32Array(room);
  const cost = new Float64Array(room);
  let cells = 0;
  let looks = 0;
  for (const [index, branches] of cutOff.entries()) {
    if (looks >= MAXIMUM_COSTS) break;
    const spenders = spread.follow(branches);
    looks += spenders;
    const least = leastOfLargest(spread.cost.subarray(0, spenders));
    const end = cells + MAXIMUM_SIBLINGS;
    for (let place = 0; place < spenders && cells < end; place += 1) {
      if (at(spread.cost, place) < least) continue;
      row[cells] = index;
      column[cells] = at(spread.spender, place);
      cost[cells] = at(spread.cost, place);
      cells += 1;
    }
  }
  return {
    row: row.subarray(0, cells),
    column: column.subarray(0, cells),
    cost: cost.subarray(0, cells),
  };
}

/** The smallest cost that is among the `MAXIMUM_SIBLINGS` largest. */
function leastOfLargest(costs: Float64Array): number {
  if (costs.length <= MAXIMUM_SIBLINGS) return 0;
  return at(costs.slice().sort(), costs.length - MAXIMUM_SIBLINGS);
}

/** Lets a cost flow from some edges to the functions that spend it. Reused, because its arrays are large. */
class Spread {
  /** The functions that spend anything, callers before callees; as many as `follow` says. */
  readonly spender: Int32Array;
  /** What each of them spends. */
  readonly cost: Float64Array;
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
    this.spender = new Int32Array(functions);
    this.cost = new Float64Array(functions);
    this.#flow = flow;
    this.#rank = new Int32Array(functions);
    for (const [rank, func] of flow.calleesFirst.entries()) this.#rank[func] = rank;
    this.#self = new Float64Array(functions);
    this.#below = new Float64Array(functions);
    this.#isReached = new Uint8Array(functions);
  }

  /** @returns the number of functions that spend anything */
  follow({ caller, edge, scale }: CutOffBranches): number {
    let spenders = 0;
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
      if (self === 0) continue;
      this.spender[spenders] = func;
      this.cost[spenders++] = self;
    }
    this.#highest = 0;
    return spenders;
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
