import { at } from './typedArrays';

/** Edges of a directed graph grouped by their source: those of `i` are `target[start[i]]` to `target[start[i + 1] - 1]`. */
export interface Adjacency {
  readonly start: Int32Array;
  readonly target: Int32Array;
}

/** What a walk through a directed graph finds out about its cycles. */
export interface DepthFirstWalk {
  /** All nodes; the targets of a node's edges precede it, but for the edges that close cycles. */
  readonly targetsFirst: Int32Array;
  /** Per edge: 1 where it closes a cycle, so that the others have none. */
  readonly closesCycle: Uint8Array;
  /** Per node: the number of its strongly connected component, which nodes that can reach one another share. */
  readonly component: Int32Array;
}

/**
 * Walks a graph depth first and finds its cycles: the edges back to a node of the path on which the
 * walk stands close one. It visits the nodes of `starts` in their order and the edges of a node in
 * theirs, so both orders decide which edge of a cycle is the closing one. Tarjan's algorithm
 * (strongly connected components) without recursion, because paths can be 100,000 nodes long.
 *
 * @param starts every node of the graph, once
 */
export function walkDepthFirst(graph: Adjacency, starts: Int32Array): DepthFirstWalk {
  const walker = new Walker(graph, starts.length);
  for (const node of starts) walker.walkFrom(node);
  return walker;
}

class Walker implements DepthFirstWalk {
  readonly targetsFirst: Int32Array;
  readonly closesCycle: Uint8Array;
  /** -1 for a node whose component is not complete yet. */
  readonly component: Int32Array;
  readonly #graph: Adjacency;
  #finished = 0;
  #components = 0;

  /** In which order the nodes were discovered, from 1; 0 for one that was not. */
  readonly #discovery: Int32Array;
  #discovered = 0;
  /** The earliest discovery that can be reached from a node within its component, as far as is known. */
  readonly #lowest: Int32Array;
  readonly #nextEdge: Int32Array;
  readonly #path: Int32Array;
  #depth = 0;
  readonly #isOnPath: Uint8Array;
  /** Nodes that were discovered and are in no component yet. */
  readonly #incomplete: Int32Array;
  #incompleteCount = 0;

  constructor(graph: Adjacency, count: number) {
    this.targetsFirst = new Int32Array(count);
    this.closesCycle = new Uint8Array(graph.target.length);
    this.component = new Int32Array(count).fill(-1);
    this.#graph = graph;
    this.#discovery = new Int32Array(count);
    this.#lowest = new Int32Array(count);
    this.#nextEdge = graph.start.slice(0, count);
    this.#path = new Int32Array(count);
    this.#isOnPath = new Uint8Array(count);
    this.#incomplete = new Int32Array(count);
  }

  /** Walks to all that can be reached from a node and was not yet. */
  walkFrom(first: number): void {
    if (at(this.#discovery, first) !== 0) return;
    this.#enter(first);
    while (this.#depth > 0) {
      const node = at(this.#path, this.#depth - 1);
      const edge = at(this.#nextEdge, node);
      if (edge < at(this.#graph.start, node + 1)) this.#follow(node, edge);
      else this.#leave(node);
    }
  }

  #enter(node: number): void {
    this.#discovered += 1;
    this.#discovery[node] = this.#lowest[node] = this.#discovered;
    this.#path[this.#depth++] = node;
    this.#isOnPath[node] = 1;
    this.#incomplete[this.#incompleteCount++] = node;
  }

  #follow(node: number, edge: number): void {
    this.#nextEdge[node] = edge + 1;
    const next = at(this.#graph.target, edge);
    if (at(this.#discovery, next) === 0) {
      this.#enter(next);
      return;
    }
    if (at(this.#isOnPath, next) === 1) this.closesCycle[edge] = 1;
    if (at(this.component, next) === -1) this.#reach(node, at(this.#discovery, next));
  }

  #leave(node: number): void {
    this.#depth -= 1;
    this.#isOnPath[node] = 0;
    this.targetsFirst[this.#finished++] = node;
    const lowest = at(this.#lowest, node);
    if (this.#depth > 0) this.#reach(at(this.#path, this.#depth - 1), lowest);
    if (lowest === at(this.#discovery, node)) this.#completeComponent(node);
  }

  #reach(node: number, discovery: number): void {
    if (discovery < at(this.#lowest, node)) this.#lowest[node] = discovery;
  }

  #completeComponent(root: number): void {
    let member: number;
    do {
      member = at(this.#incomplete, --this.#incompleteCount);
      this.component[member] = this.#components;
    } while (member !== root);
    this.#components += 1;
  }
}
