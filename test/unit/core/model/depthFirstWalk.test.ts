import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { walkDepthFirst } from '../../../../src/core/model/depthFirstWalk';
import { groupBy } from '../../../../src/core/model/groups';
import { firstIndexes } from '../../../../src/core/model/typedArrays';

type Edge = readonly [source: number, target: number];

/** Walks a graph of `count` nodes; its edges are to stand grouped by their source. */
function walk(count: number, edges: readonly Edge[], starts = firstIndexes(count)) {
  const sources = Int32Array.from(edges, ([source]) => source);
  const { start, items } = groupBy(firstIndexes(edges.length), sources, count);
  const target = items.map((edge) => edges[edge]?.[1] ?? -1);
  return walkDepthFirst({ start, target }, starts);
}

/** Nodes that share a component, smallest first, without those that are alone. */
function cycles(component: Int32Array): number[][] {
  const members = new Map<number, number[]>();
  component.forEach((number, node) => {
    members.set(number, [...(members.get(number) ?? []), node]);
  });
  return [...members.values()].filter(({ length }) => length > 1);
}

/** Whether one can go from a node to another, found by trying all ways. */
function reachable(edges: readonly Edge[], from: number): Set<number> {
  const found = new Set([from]);
  for (const node of found) {
    for (const [source, target] of edges) if (source === node) found.add(target);
  }
  return found;
}

describe('walkDepthFirst', () => {
  it('puts the targets of edges first', () => {
    const { targetsFirst, closesCycle } = walk(4, [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ]);
    assert.deepEqual([...targetsFirst], [3, 1, 2, 0]);
    assert.deepEqual([...closesCycle], [0, 0, 0, 0]);
  });

  it('closes a cycle where the walk comes back to its path, so the starts decide', () => {
    const ring: Edge[] = [
      [0, 1],
      [1, 2],
      [2, 0],
    ];
    assert.deepEqual([...walk(3, ring).closesCycle], [0, 0, 1]);
    assert.deepEqual([...walk(3, ring, Int32Array.of(1, 0, 2)).closesCycle], [1, 0, 0]);
  });

  it('takes an edge to the node itself for a closing one, but not for a cycle of several', () => {
    const { closesCycle, component } = walk(2, [
      [0, 0],
      [0, 1],
    ]);
    assert.deepEqual([...closesCycle], [1, 0]);
    assert.deepEqual(cycles(component), []);
  });

  it('joins cycles that meet, and keeps apart those that one edge connects', () => {
    const { component } = walk(7, [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 3],
      [5, 6],
    ]);
    assert.deepEqual(cycles(component), [
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('agrees with what can be reached in random graphs', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 50; round += 1) {
      const count = 2 + random(8);
      const edges = Array.from({ length: random(20) }, (): Edge => [random(count), random(count)]);
      edges.sort(([a], [b]) => a - b);
      assertSound(count, edges);
    }
  });

  it('follows a path of 100,000 nodes and back', () => {
    const count = 100_000;
    const edges = Array.from({ length: count }, (_, node): Edge => [node, (node + 1) % count]);
    const { component, closesCycle } = walk(count, edges);
    assert.deepEqual(new Set(component), new Set([0]));
    assert.equal(closesCycle.indexOf(1), count - 1);
  });
});

function assertSound(count: number, edges: readonly Edge[]): void {
  const { targetsFirst, closesCycle, component } = walk(count, edges);
  const what = JSON.stringify(edges);
  assert.deepEqual([...targetsFirst].sort(), [...firstIndexes(count)], what);
  for (const [edge, [source, target]] of edges.entries()) {
    const isInOrder = targetsFirst.indexOf(target) < targetsFirst.indexOf(source);
    assert.equal(isInOrder, closesCycle[edge] === 0, what);
  }
  for (let a = 0; a < count; a += 1) {
    for (let b = 0; b < count; b += 1) {
      const isCycle = reachable(edges, a).has(b) && reachable(edges, b).has(a);
      assert.equal(component[a] === component[b], isCycle, what);
    }
  }
}
