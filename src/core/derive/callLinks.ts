import type { CallEdge, CallGraph, FunctionStats } from '../model/profile';
import { groupBy, type Groups } from '../model/groups';
import { at, firstIndexes } from '../model/typedArrays';

/**
 * Where cost may flow in a call graph: one link for each edge, with the edge's index, and after those
 * one for each function, by which it is called from outside the graph. In columns, because large
 * profiles have 100,000 links; NaN where the profile does not tell a number.
 */
export interface CallLinks {
  /** Of a call from outside: the number of functions. */
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  readonly calls: Float64Array;
  /** The callee's own cost. */
  readonly self: Float64Array;
  /** The callee's cost below it. */
  readonly below: Float64Array;
  /** Both together. */
  readonly total: Float64Array;
  /** Per function: 1 where other functions do not account for all its calls. */
  readonly isCalledFromOutside: Uint8Array;
  /** Per function: 1 where it calls itself. */
  readonly callsItself: Uint8Array;
}

/** Lays out the links of a call graph. */
export function callLinks({ stats, edges }: CallGraph): CallLinks {
  const [functions, all] = [stats.length, edges.length + stats.length];
  const links: CallLinks = {
    caller: new Int32Array(all).fill(functions),
    callee: new Int32Array(all),
    calls: new Float64Array(all),
    self: new Float64Array(all),
    below: new Float64Array(all),
    total: new Float64Array(all),
    isCalledFromOutside: new Uint8Array(functions),
    callsItself: new Uint8Array(functions),
  };
  for (const [link, edge] of edges.entries()) setEdge(links, link, edge);
  const incoming = groupBy(firstIndexes(edges.length), links.callee, functions);
  for (const [callee, own] of stats.entries()) {
    links.callee[edges.length + callee] = callee;
    setOutsideCall(links, edges.length + callee, own, incoming);
  }
  return links;
}

/** Whether a link is a function's call of itself. */
export function isSelfCall({ caller, callee }: CallLinks, link: number): boolean {
  return at(caller, link) === at(callee, link);
}

function setEdge(links: CallLinks, link: number, edge: CallEdge): void {
  const { caller, callee, calls = NaN, self = NaN, total = NaN } = edge;
  links.caller[link] = caller;
  links.callee[link] = callee;
  setMeasured(links, link, calls, self, total);
  if (caller === callee) links.callsItself[callee] = 1;
}

/** What of a function's cost comes from no caller in the graph, never negative. */
function setOutsideCall(
  links: CallLinks,
  link: number,
  own: FunctionStats,
  { start, items }: Groups,
): void {
  const callee = at(links.callee, link);
  let { calls = NaN, self, total } = own;
  let isCalledByOthers = false;
  for (let index = at(start, callee); index < at(start, callee + 1); index += 1) {
    const incoming = at(items, index);
    calls -= at(links.calls, incoming);
    self -= at(links.self, incoming);
    if (isSelfCall(links, incoming)) continue;
    total -= at(links.total, incoming);
    isCalledByOthers = true;
  }
  setMeasured(links, link, Math.max(0, calls), Math.max(0, self), Math.max(0, total));
  const negligible = own.total * 1e-6;
  const isCalled = Number.isNaN(calls) ? total > negligible : calls > 0;
  links.isCalledFromOutside[callee] = Number(isCalled || !isCalledByOthers);
}

function setMeasured(
  links: CallLinks,
  link: number,
  calls: number,
  self: number,
  total: number,
): void {
  links.calls[link] = calls;
  links.self[link] = self;
  links.below[link] = total - self;
  links.total[link] = total;
}
