import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { DEFAULT_LIMITS, estimateCallTree } from '../../../../src/core/derive/callTree';
import { drawTree, graphOf, rootTotal, selfByFunction } from './graphs';

/** The tree of a graph as text, whole unless limits are given. */
function treeOf(text: string, limits = DEFAULT_LIMITS): string[] {
  const { names, graph } = graphOf(text);
  return drawTree(names, estimateCallTree(graph, limits));
}

/** Fails unless every function's self costs add up in the tree, and all of them to the roots' total. */
function assertConserves(text: string, limits = DEFAULT_LIMITS): void {
  const { graph } = graphOf(text);
  const tree = estimateCallTree(graph, limits);
  const selfs = graph.stats.map(({ self }) => Math.max(0, self));
  const found = selfByFunction(selfs.length, tree);
  for (const [func, self] of [...selfs, 0].entries()) assertClose(found[func] ?? NaN, self);
  assertClose(
    rootTotal(tree),
    selfs.reduce((sum, self) => sum + self, 0),
  );
}

function assertClose(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, expected), `${actual} ≠ ${expected}`);
}

/** A graph whose paths double with each layer of two functions. */
function layers(count: number): string {
  const lines = ['main 1 1 0'];
  const edges: string[] = [];
  for (let layer = 0; layer < count; layer += 1) {
    for (const side of ['a', 'b']) {
      const callers = layer === 0 ? ['main'] : [`a${layer - 1}`, `b${layer - 1}`];
      lines.push(`${side}${layer} ${callers.length} 1 0`);
      for (const caller of callers) edges.push(`${caller} > ${side}${layer} 1 ? ?`);
    }
  }
  return [...lines, ...edges].join('\n');
}

describe('estimateCallTree', () => {
  it('takes measured costs as they are', () => {
    const tree = treeOf(`
      main 1 1 10
      view 1 2 9
      query 3 7 7
      main > view 1 2 9
      view > query 3 7 7`);
    assert.deepEqual(tree, ['main 10 [1]', '  view 9 [2]', '    query 7 [7]']);
  });

  it('divides what lies below a function with two callers in proportion, and marks it', () => {
    const tree = treeOf(`
      a 1 0 6
      b 1 0 3
      shared 2 3 9
      leaf 1 6 6
      a > shared 1 2 6
      b > shared 1 1 3
      shared > leaf 1 6 6`);
    assert.deepEqual(tree, [
      'a 6 [0]',
      '  shared 6 [2]',
      '    leaf 4 [4] ≈',
      'b 3 [0]',
      '  shared 3 [1]',
      '    leaf 2 [2] ≈',
    ]);
  });

  it('uses the self cost of each edge, so that a caller gets only callees that it can have caused', () => {
    const tree = treeOf(`
      cached 1 0 2
      fresh 1 0 5
      load 2 3 7
      query 1 4 4
      cached > load 1 2 2
      fresh > load 1 1 5
      load > query 1 4 4`);
    assert.deepEqual(tree, [
      'fresh 5 [0]',
      '  load 5 [1]',
      '    query 4 [4] ≈',
      'cached 2 [0]',
      '  load 2 [2]',
    ]);
  });

  it('divides by calls where the edges have no costs (profile.Profile)', () => {
    const tree = treeOf(`
      a 1 1 4
      b 1 1 2
      leaf 4 4 4
      a > leaf 3 ? ?
      b > leaf 1 ? ?`);
    assert.deepEqual(tree, ['a 4 [1]', '  leaf 3 [3] ≈', 'b 2 [1]', '  leaf 1 [1] ≈']);
  });

  it('folds direct recursion into the outer call', () => {
    const tree = treeOf(`
      main 1 1 11
      fib 25 10 10
      main > fib 1 4 10
      fib > fib 24 6 6`);
    assert.deepEqual(tree, ['main 11 [1]', '  fib 10 [10]']);
  });

  it('folds mutual recursion, so that every function keeps its own cost', () => {
    const mutual = `
      main 1 1 10
      even 5 4 9
      odd 5 5 8
      main > even 1 1 9
      even > odd 5 5 8
      odd > even 4 3 6`;
    assert.deepEqual(treeOf(mutual), ['main 10 [1]', '  even 9 [4]', '    odd 5 [5]']);
  });

  it('starts a cycle that nobody calls at its costliest function', () => {
    const tree = treeOf(`
      ping 2 1 5
      pong 2 3 6
      ping > pong 2 3 6
      pong > ping 2 1 5`);
    assert.deepEqual(tree, ['pong 4 [3]', '  ping 1 [1]']);
  });

  it('makes a root of what is called from outside the profile too', () => {
    const tree = treeOf(`
      main 1 1 3
      hook 2 6 6
      main > hook 1 2 2`);
    assert.deepEqual(tree, ['hook 4 [4]', 'main 3 [1]', '  hook 2 [2]']);
  });

  it('shows functions that nothing leads to', () => {
    assert.deepEqual(treeOf('lost 1 2 2\nfound 1 3 3'), ['found 3 [3]', 'lost 2 [2]']);
  });

  it('leaves out what costs nothing, and counts a negative cost as nothing', () => {
    const tree = treeOf(`
      main 1 1 1
      free 1 0 0
      back 1 -5 -5
      main > free 1 0 0
      main > back 1 -5 -5`);
    assert.deepEqual(tree, ['main 1 [1]']);
  });

  it('makes no cost of edges that tell more than their function, as rounded files do', () => {
    const rounded = `
      main 1 0 1
      view 1 0 1
      leaf 2 1 1
      main > view 1 ? 3
      main > leaf 1 ? 1
      view > leaf 1 ? 0`;
    assertConserves(rounded);
    assert.deepEqual(treeOf(rounded), ['main 1 [0]', '  leaf 1 [1]']);
  });

  it('cuts nothing off a tree that fits', () => {
    const tree = treeOf('main 1 1 1.0001\ntiny 1 0.0001 0.0001\nmain > tiny 1 0.0001 0.0001', {
      minimumShare: 0.5,
      maximumNodes: 2,
    });
    assert.deepEqual(tree, ['main 1.0001 [1]', '  tiny 0.0001 [0.0001]']);
  });

  it('sums up cut-off branches by function below the node that they were cut off from', () => {
    const limits = { minimumShare: 0.2, maximumNodes: 14 };
    assert.deepEqual(treeOf(layers(3), limits), [
      'main 7 [1]',
      '  a0 3 [1]',
      '    … 2 [0]',
      '      b1 0.5 [0.5] ≈',
      '      a1 0.5 [0.5] ≈',
      '      b2 0.5 [0.5] ≈',
      '      a2 0.5 [0.5] ≈',
      '  b0 3 [1]',
      '    … 2 [0]',
      '      b1 0.5 [0.5] ≈',
      '      a1 0.5 [0.5] ≈',
      '      b2 0.5 [0.5] ≈',
      '      a2 0.5 [0.5] ≈',
    ]);
  });

  it('keeps the sums of functions exact when not all that was cut off gets a node', () => {
    const limits = { minimumShare: 0.2, maximumNodes: 12 };
    assert.equal(treeOf(layers(3), limits).length, 12);
    assertConserves(layers(3), limits);
  });

  it('conserves every cost within the limit of nodes, however many paths there are', () => {
    const graph = layers(60);
    assertConserves(graph, { minimumShare: 0.001, maximumNodes: 1000 });
    const { graph: callGraph } = graphOf(graph);
    const tree = estimateCallTree(callGraph, { minimumShare: 0.001, maximumNodes: 1000 });
    assert.ok(tree.func.length <= 1000);
  });

  it('keeps what has no node of its own in the cut-off node when there are too few nodes', () => {
    const text = Array.from({ length: 100 }, (_, index) => `f${index} 1 ${100 - index} 0`).join(
      '\n',
    );
    const { graph } = graphOf(text);
    const tree = estimateCallTree(graph, { minimumShare: 0.001, maximumNodes: 10 });
    assert.equal(tree.func.length <= 10, true);
    assertClose(rootTotal(tree), 5050);
    assert.ok((selfByFunction(100, tree)[100] ?? 0) > 4000);
  });

  it('follows a path of 100,000 functions', () => {
    const count = 100_000;
    const stats = Array.from({ length: count }, (_, index) => {
      return { calls: 1, primitiveCalls: 1, self: 1, total: count - index };
    });
    const edges = stats.slice(1).map((own, index) => {
      return { caller: index, callee: index + 1, ...own };
    });
    const tree = estimateCallTree(
      { kind: 'callGraph', stats, edges },
      { minimumShare: 0.001, maximumNodes: count },
    );
    assert.equal(tree.func.length, count);
    assert.equal(rootTotal(tree), count);
  });

  it('makes the same tree every time', () => {
    const { graph } = graphOf(layers(30));
    const limits = { minimumShare: 0.001, maximumNodes: 500 };
    assert.deepEqual(estimateCallTree(graph, limits), estimateCallTree(graph, limits));
  });
});
