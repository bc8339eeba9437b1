import type { CallEdge, CallGraph, FunctionStats } from '../../../../src/core/model/profile';
import { CUT_OFF, APPORTIONED, type CallTree } from '../../../../src/core/derive/callTree';

/** A call graph with the names of its functions. */
export interface NamedGraph {
  readonly names: readonly string[];
  readonly graph: CallGraph;
}

/**
 * Reads a call graph from lines of two kinds, with `?` for an unknown number:
 *
 *     main  calls self total
 *     main > view  calls self total
 */
export function graphOf(text: string): NamedGraph {
  const names: string[] = [];
  const stats: FunctionStats[] = [];
  const edges: CallEdge[] = [];
  for (const line of text.trim().split('\n')) {
    const words = line.trim().split(/\s+/);
    const [calls, self, total] = words.slice(-3).map((word) => (word === '?' ? undefined : +word));
    const [caller = '', arrow, callee = ''] = words;
    if (arrow === '>') {
      const [from, to] = [names.indexOf(caller), names.indexOf(callee)];
      edges.push({ caller: from, callee: to, calls, primitiveCalls: calls, self, total });
    } else {
      names.push(caller);
      stats.push({ calls, primitiveCalls: calls, self: self ?? 0, total: total ?? 0 });
    }
  }
  return { names, graph: { kind: 'callGraph', stats, edges } };
}

/** Draws a tree: a node's name, its total, its self cost in brackets, and `≈` where it is apportioned. */
export function drawTree(names: readonly string[], tree: CallTree): string[] {
  const lines: string[] = [];
  const draw = (parent: number, indent: string): void => {
    for (const [node, above] of tree.parent.entries()) {
      if (above !== parent) continue;
      const flags = tree.flags[node] ?? 0;
      const name = (flags & CUT_OFF) === 0 ? names[tree.func[node] ?? 0] : '…';
      const mark = (flags & APPORTIONED) === 0 ? '' : ' ≈';
      lines.push(
        `${indent}${name ?? '?'} ${round(tree.total[node])} [${round(tree.self[node])}]${mark}`,
      );
      draw(node, `${indent}  `);
    }
  };
  draw(-1, '');
  return lines;
}

function round(value = 0): number {
  return Number(value.toPrecision(9));
}

/** Adds up a tree's self costs by function; the last is what stands in no function. */
export function selfByFunction(functions: number, tree: CallTree): Float64Array {
  const sums = new Float64Array(functions + 1);
  for (const [node, func] of tree.func.entries()) {
    const index = func < 0 ? functions : func;
    sums[index] = (sums[index] ?? 0) + (tree.self[node] ?? 0);
  }
  return sums;
}

/** Adds up the totals of a tree's roots. */
export function rootTotal(tree: CallTree): number {
  return tree.total.reduce((sum, total, node) => (tree.parent[node] === -1 ? sum + total : sum), 0);
}
