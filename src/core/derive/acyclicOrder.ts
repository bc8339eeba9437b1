import { at } from './numbers';

/** Edges of a directed graph grouped by their source: those of `i` are `target[start[i]]` to `target[start[i + 1] - 1]`. */
export interface Adjacency {
  readonly start: Int32Array;
  readonly target: Int32Array;
}

/** A directed graph made acyclic. */
export interface AcyclicOrder {
  /** All nodes; the targets of a node's remaining edges precede it. */
  readonly targetsFirst: Int32Array;
  /** Per edge: 1 where it closes a cycle, so that the others have none. */
  readonly closesCycle: Uint8Array;
  /** Per node: 1 where it is on a cycle of several nodes. */
  readonly onCycle: Uint8Array;
}

/**
 * Walks a graph depth first and finds the edges that close cycles: those back to a node of the path
 * on which the walk stands. It visits the nodes of `starts` in their order and the edges of a node
 * in theirs, so both orders decide which edge of a cycle is the closing one. Tarjan's algorithm
 * (strongly connected components) without recursion, because paths can be 100,000 nodes long.
 *
 * @param starts every node of the graph, once
 */
export function acyclicOrder({ start, target }: Adjacency, starts: Int32Array): AcyclicOrder {
  const count = starts.length;
  const closesCycle = new Uint8Array(target.length);
  const onCycle = new Uint8Array(count);
  const targetsFirst = new Int32Array(count);
  let finished = 0;

  const discovery = new Int32Array(count); // 0: not yet discovered
  const lowest = new Int32Array(count);
  const nextEdge = start.slice(0, count);
  const path = new Int32Array(count);
  let depth = 0;
  let discovered = 0;
  const onPath = new Uint8Array(count);
  const component = new Int32Array(count); // nodes whose component is not complete yet
  let componentSize = 0;
  const inComponent = new Uint8Array(count);

  const enter = (node: number): void => {
    discovered += 1;
    discovery[node] = lowest[node] = discovered;
    path[depth++] = node;
    component[componentSize++] = node;
    onPath[node] = inComponent[node] = 1;
  };
  const reach = (from: number, low: number): void => {
    lowest[from] = Math.min(lowest[from] ?? low, low);
  };
  const leave = (node: number): void => {
    depth -= 1;
    onPath[node] = 0;
    targetsFirst[finished++] = node;
    if (depth > 0) reach(at(path, depth - 1), at(lowest, node));
    if (lowest[node] === discovery[node]) closeComponent(node);
  };
  const closeComponent = (root: number): void => {
    const several = component[componentSize - 1] !== root;
    let member: number;
    do {
      member = component[--componentSize] ?? root;
      inComponent[member] = 0;
      onCycle[member] = several ? 1 : 0;
    } while (member !== root);
  };

  for (const first of starts) {
    if (discovery[first] !== 0) continue;
    enter(first);
    while (depth > 0) {
      const node = at(path, depth - 1);
      const edge = at(nextEdge, node);
      if (edge >= at(start, node + 1)) {
        leave(node);
        continue;
      }
      nextEdge[node] = edge + 1;
      const next = at(target, edge);
      if (discovery[next] === 0) {
        enter(next);
        continue;
      }
      if (onPath[next] === 1) closesCycle[edge] = 1;
      if (inComponent[next] === 1) reach(node, at(discovery, next));
    }
  }
  return { targetsFirst, closesCycle, onCycle };
}
