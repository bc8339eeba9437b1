import { at } from '../model/typedArrays';

/** The children of each node of a tree as linked lists; -1 ends a list. */
export interface ChildLinks {
  readonly firstRoot: number;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly parent: Int32Array;
}

/** What to do with each node of a tree, before and after its children. */
export interface TreeVisitor {
  readonly enter: (node: number) => void;
  readonly leave: (node: number) => void;
}

/** Links siblings in the order of their indexes. */
export function inOrder(parent: Int32Array): ChildLinks {
  return linkChildren(parent, Int32Array.from(parent.keys()));
}

/** Links siblings with the heaviest first, of equal ones the lower index. */
export function heaviestFirst(parent: Int32Array, weight: Float64Array): ChildLinks {
  const descending = (a: number, b: number): number => at(weight, b) - at(weight, a) || a - b;
  return linkChildren(parent, Int32Array.from(parent.keys()).sort(descending));
}

/** @param order all nodes; siblings are linked as they stand in it */
function linkChildren(parent: Int32Array, order: Int32Array): ChildLinks {
  const firstChild = new Int32Array(parent.length).fill(-1);
  const nextSibling = new Int32Array(parent.length).fill(-1);
  let firstRoot = -1;
  for (const node of order.reverse()) {
    const above = at(parent, node);
    nextSibling[node] = above < 0 ? firstRoot : at(firstChild, above);
    if (above < 0) firstRoot = node;
    else firstChild[above] = node;
  }
  return { firstRoot, firstChild, nextSibling, parent };
}

/** Visits a tree depth first, without recursion: stacks can be very deep. */
export function walkTree(links: ChildLinks, { enter, leave }: TreeVisitor): void {
  let node = links.firstRoot;
  while (node >= 0) {
    enter(node);
    let next = at(links.firstChild, node);
    while (next < 0 && node >= 0) {
      leave(node);
      next = at(links.nextSibling, node);
      if (next < 0) node = at(links.parent, node);
    }
    node = next;
  }
}
