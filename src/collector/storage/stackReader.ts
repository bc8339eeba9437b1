import type { FrameIndex, NodeIndex } from '../../core/model/profile';
import { noNode } from '../../core/model/stackTree';
import type { StacksBuilder } from '../../core/model/stacksBuilder';
import { numberOf, textOf, type Database } from './database';
import { NO_PARENT } from './interning';

/** Turns stored stacks into nodes of a profile; reads only those that are asked for. */
export class StackReader {
  readonly #builder: StacksBuilder;
  readonly #selectStack;
  readonly #selectFrame;
  readonly #nodes = new Map<number, NodeIndex>([[NO_PARENT, noNode]]);
  readonly #frames = new Map<number, FrameIndex>();

  constructor(database: Database, builder: StacksBuilder) {
    this.#builder = builder;
    this.#selectStack = database.prepare('SELECT parent, frame FROM stacks WHERE id = ?');
    this.#selectFrame = database.prepare(
      'SELECT name, file, definition_line, executing_line FROM frames WHERE id = ?',
    );
  }

  /** The node of a stack. */
  nodeOf(stack: number): NodeIndex {
    const path: { readonly id: number; readonly frame: number }[] = [];
    let id = stack;
    let node = this.#nodes.get(id);
    while (node === undefined) {
      const row = this.#selectStack.get(id);
      path.push({ id, frame: row ? numberOf(row, 'frame') : 0 });
      // A caller is stored before what it calls; anything else would be a circle.
      const parent = row ? numberOf(row, 'parent') : NO_PARENT;
      id = parent < id ? parent : NO_PARENT;
      node = this.#nodes.get(id);
    }
    for (const step of path.reverse()) {
      node = this.#builder.tree.child(node, this.#frameOf(step.frame));
      this.#nodes.set(step.id, node);
    }
    return node;
  }

  #frameOf(id: number): FrameIndex {
    let frame = this.#frames.get(id);
    if (frame === undefined) {
      const row = this.#selectFrame.get(id) ?? {};
      frame = this.#builder.frame(
        textOf(row, 'name'),
        textOf(row, 'file') || undefined,
        numberOf(row, 'definition_line') || undefined,
        numberOf(row, 'executing_line') || undefined,
      );
      this.#frames.set(id, frame);
    }
    return frame;
  }
}
