import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  property,
  virtualNodes,
  type VirtualNode,
} from '../../../../webview/flamegraph/virtualTree';

function rendered(root: VirtualNode | undefined): Element {
  return { __k: root } as unknown as Element;
}

describe("Preact's tree", () => {
  it('is walked in the order of the page, over empty children and texts', () => {
    const leaf = (id: string): VirtualNode => ({ props: { id } });
    const text: VirtualNode = { props: 'text', __k: null };
    const branch: VirtualNode = { props: { id: 'b' }, __k: [null, leaf('c'), text, leaf('d')] };
    const root: VirtualNode = { props: { id: 'a' }, __k: [branch, undefined, leaf('e')] };
    const ids = [...virtualNodes(rendered(root))].map((node) => property(node, 'id'));
    assert.deepEqual(ids, ['a', 'b', 'c', undefined, 'd', 'e']);
  });

  it('is empty where nothing was rendered', () => {
    assert.deepEqual([...virtualNodes(rendered(undefined))], []);
  });

  it('ends even where it goes in circles', () => {
    const circle: { props: null; __k: VirtualNode[] } = { props: null, __k: [] };
    circle.__k.push(circle);
    assert.ok([...virtualNodes(rendered(circle))].length > 0);
  });
});
