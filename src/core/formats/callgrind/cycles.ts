import type { CallEdge } from '../../model/profile';

/**
 * Numbers the cycles of a call graph: functions that can reach one another share a number, a
 * function outside any cycle has one of its own. Tarjan's algorithm (strongly connected
 * components), without recursion because chains of calls can be long.
 * @param count number of functions
 */
export function cyclesOf(count: number, edges: readonly CallEdge[]): Int32Array {
  const callees = calleesOf(count, edges);
  const cycles = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const lowest = new Int32Array(count);
  const nextCallee = new Int32Array(count);
  /** Functions that were reached and have no number yet. */
  const open: number[] = [];
  const path: number[] = [];
  let reached = 0;
  let numbered = 0;

  const enter = (node: number): void => {
    order[node] = lowest[node] = reached++;
    open.push(node);
    path.push(node);
  };
  const reach = (node: number, low: number): void => {
    lowest[node] = Math.min(lowest[node] ?? low, low);
  };
  const leave = (node: number): void => {
    path.pop();
    const caller = path.at(-1);
    if (caller !== undefined) reach(caller, lowest[node] ?? 0);
    if (lowest[node] !== order[node]) return;
    for (const member of open.splice(open.lastIndexOf(node))) cycles[member] = numbered;
    numbered++;
  };

  for (let first = 0; first < count; first++) {
    if (order[first] !== -1) continue;
    enter(first);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = nextCallee[node] ?? 0;
      nextCallee[node] = at + 1;
      const callee = callees[node]?.[at];
      if (callee === undefined) leave(node);
      else if (order[callee] === -1) enter(callee);
      else if (cycles[callee] === -1) reach(node, order[callee] ?? 0);
    }
  }
  return cycles;
}

function calleesOf(count: number, edges: readonly CallEdge[]): number[][] {
  const callees = Array.from({ length: count }, (): number[] => []);
  for (const { caller, callee } of edges) callees[caller]?.push(callee);
  return callees;
}
