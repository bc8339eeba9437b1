import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StackTree, noNode } from '../../../../src/core/model/stackTree';

/** The frames of a node's stack, from the root. */
function stackOf(tree: StackTree, node: number): number[] {
  const frames: number[] = [];
  for (let at = node; at !== noNode; at = tree.parentOf(at)) frames.unshift(tree.frameOf(at));
  return frames;
}

describe('StackTree', () => {
  it('shares the nodes of stacks that begin alike', () => {
    const tree = new StackTree();
    const leaves = [[7, 8], [7, 9], [7], [8], [7, 8]].map((stack) => tree.nodeOf(stack));
    assert.deepEqual(leaves, [1, 2, 0, 3, 1]);
    const { parent, frame } = tree.nodes();
    assert.deepEqual([...parent], [-1, 0, 0, -1]);
    assert.deepEqual([...frame], [7, 8, 9, 8]);
  });

  it('has no node for a stack without frames', () => {
    const tree = new StackTree();
    assert.equal(tree.nodeOf([]), noNode);
    assert.equal(tree.size, 0);
  });

  it('tells recursion apart by depth', () => {
    const tree = new StackTree();
    const node = tree.nodeOf([5, 5, 5]);
    assert.deepEqual(stackOf(tree, node), [5, 5, 5]);
    assert.equal(tree.nodeOf([5, 5]), tree.parentOf(node));
  });

  it('makes every added call a node that no sample shares', () => {
    const tree = new StackTree();
    const calls = [tree.add(noNode, 1), tree.add(noNode, 1)];
    assert.deepEqual(calls, [0, 1]);
    assert.equal(tree.nodeOf([1]), 2);
  });

  it('finds every one of many nodes again', () => {
    const tree = new StackTree();
    const stacks = Array.from({ length: 5000 }, (_, n) => [n % 7, n % 50, n, n >> 3]);
    const first = stacks.map((stack) => tree.nodeOf(stack));
    const { size } = tree;
    assert.deepEqual(
      stacks.toReversed().map((stack) => tree.nodeOf(stack)),
      first.toReversed(),
    );
    assert.equal(tree.size, size);
    for (const [index, node] of first.entries()) {
      assert.deepEqual(stackOf(tree, node), stacks[index]);
    }
  });
});
