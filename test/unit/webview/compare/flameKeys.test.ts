import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeAfter } from '../../../../webview/compare/flameKeys';

/** Node 0 has 1 and 2 below it, and 2 has 3; node 4 is too narrow to be drawn. */
const PARENTS = [-1, 0, 0, 2, 3];
const tree = { parentOf: (node: number): number => PARENTS[node] ?? -1 };
const rows = [[0], [1, 2], [3]].map((nodes) => nodes.map((node) => ({ node, left: 0, width: 1 })));

const from = (node: number, key: string): number | undefined => nodeAfter(key, node, rows, tree);

describe('the keys in a flamegraph', () => {
  it('lead to callers, callees and neighbours', () => {
    assert.equal(from(3, 'ArrowUp'), 2);
    assert.equal(from(0, 'ArrowDown'), 1);
    assert.equal(from(2, 'ArrowDown'), 3);
    assert.equal(from(1, 'ArrowRight'), 2);
    assert.equal(from(2, 'ArrowLeft'), 1);
    assert.equal(from(3, 'Home'), 0);
  });

  it('lead nowhere at the ends, and are left to the page where they mean nothing', () => {
    for (const [node, key] of [
      [0, 'ArrowUp'],
      [1, 'ArrowDown'],
      [1, 'ArrowLeft'],
      [2, 'ArrowRight'],
      [2, 'a'],
    ] as const)
      assert.equal(from(node, key), undefined);
  });

  it('begin with the outermost where nothing that is drawn is selected', () => {
    assert.equal(from(-1, 'ArrowDown'), 0);
    assert.equal(from(4, 'ArrowUp'), 0);
  });
});
