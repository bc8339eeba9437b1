import { NumberList } from './numberList';
import { PairIndex, notFound } from './pairIndex';
import type { FrameIndex, NodeIndex, StackNodes } from './profile';

/** Parent of a root; the node of a stack without frames, where nothing runs. */
export const noNode = -1;

/**
 * Collects stacks as a tree (`StackNodes`). Nodes are either shared by all stacks that begin alike,
 * as samples want it, or made anew for every call, as events do.
 */
export class StackTree {
  readonly #parents = NumberList.int32();
  readonly #frames = NumberList.int32();
  readonly #shared = new PairIndex(this.#parents, this.#frames);
  /** The last stack that `nodeOf` was given, and its nodes. */
  readonly #path: { readonly frames: FrameIndex[]; readonly nodes: NodeIndex[] } = {
    frames: [],
    nodes: [],
  };

  /** Number of nodes. */
  get size(): number {
    return this.#parents.length;
  }

  /** The one shared node of a frame below a parent (`noNode` for a root). */
  child(parent: NodeIndex, frame: FrameIndex): NodeIndex {
    const known = this.#shared.find(parent, frame);
    if (known !== notFound) return known;
    const node = this.add(parent, frame);
    this.#shared.remember(node);
    return node;
  }

  /** The shared node of the innermost frame of a stack, which is given from the root. */
  nodeOf(stack: readonly FrameIndex[]): NodeIndex {
    const { frames, nodes } = this.#path;
    let depth = 0;
    while (depth < stack.length && stack[depth] === frames[depth]) depth++;
    frames.length = nodes.length = depth;
    let node = nodes.at(-1) ?? noNode;
    for (; depth < stack.length; depth++) {
      const frame = stack[depth] ?? 0;
      node = this.child(node, frame);
      frames.push(frame);
      nodes.push(node);
    }
    return node;
  }

  /** A new node that no other call shares. */
  add(parent: NodeIndex, frame: FrameIndex): NodeIndex {
    this.#frames.push(frame);
    this.#parents.push(parent);
    return this.#parents.length - 1;
  }

  frameOf(node: NodeIndex): FrameIndex {
    return this.#frames.at(node);
  }

  parentOf(node: NodeIndex): NodeIndex {
    return this.#parents.at(node);
  }

  nodes(): StackNodes {
    return { parent: this.#parents.toArray(), frame: this.#frames.toArray() };
  }
}
