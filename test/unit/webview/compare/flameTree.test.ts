import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DifferentialTree } from '../../../../src/protocol/comparison';
import { FlameTree } from '../../../../webview/compare/flameTree';

/** Of each node: its parent, and its total before and after. */
function treeOf(
  nodes: readonly (readonly [parent: number, before: number, after: number])[],
): DifferentialTree {
  const column = (index: 1 | 2): Float64Array => Float64Array.from(nodes, (node) => node[index]);
  return {
    parent: Int32Array.from(nodes, ([parent]) => parent),
    func: Int32Array.from(nodes, (_, node) => node),
    flags: new Uint8Array(nodes.length),
    before: { self: column(1), total: column(1) },
    after: { self: column(2), total: column(2) },
  };
}

const MAIN = 0;
const GONE = 1;
const SLOW = 2;
const QUERY = 3;
const NEW = 4;

const tree = new FlameTree(
  treeOf([
    [-1, 10, 20],
    [MAIN, 4, 0],
    [MAIN, 6, 16],
    [SLOW, 5, 12],
    [MAIN, 0, 4],
  ]),
);

describe('the boxes of a differential flamegraph', () => {
  it('are as wide as what they cost on the side that was chosen', () => {
    const [first = [], second = [], third = []] = tree.layOut(-1, 'after', 0.01);
    assert.deepEqual(first, [{ node: MAIN, left: 0, width: 1 }]);
    assert.deepEqual(second, [
      { node: SLOW, left: 0, width: 0.8 },
      { node: NEW, left: 0.8, width: 0.2 },
    ]);
    assert.deepEqual(
      third.map(({ node, left, width }) => [node, left, Math.round(width * 1e6) / 1e6]),
      [[QUERY, 0, 0.6]],
    );
  });

  it('show what is gone by the widths of before, in the same order', () => {
    const [, second = []] = tree.layOut(-1, 'before', 0.01);
    assert.deepEqual(
      second.map(({ node }) => node),
      [SLOW, GONE],
    );
  });

  it('of a node fill the width, below what it is called from', () => {
    const rows = tree.layOut(SLOW, 'after', 0.01);
    assert.deepEqual(
      rows.map((row) => row.map(({ node, width }) => [node, width])),
      [[[MAIN, 1]], [[SLOW, 1]], [[QUERY, 0.75]]],
    );
  });

  it('stay in their row where estimates add up to more than their caller has', () => {
    const estimated = new FlameTree(
      treeOf([
        [-1, 0, 10],
        [0, 0, 9],
        [0, 0, 11],
      ]),
    );
    const [, row = []] = estimated.layOut(-1, 'after', 0.01);
    assert.equal(
      row.reduce((sum, { width }) => sum + width, 0),
      1,
    );
  });

  it('are left out where nobody could see them', () => {
    assert.equal(tree.layOut(-1, 'after', 0.5)[1]?.length, 1);
    assert.deepEqual(tree.layOut(NEW, 'before', 0.01), [
      [{ node: MAIN, left: 0, width: 1 }],
      [{ node: NEW, left: 0, width: 1 }],
    ]);
  });
});
