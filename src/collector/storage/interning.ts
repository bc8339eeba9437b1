import type { CollectedFrame, CollectedStacks } from '../stacks';
import type { Counts } from './counts';
import { numberOf, type Database } from './database';

/** What stands for the parent of an outermost frame. */
export const NO_PARENT = 0;

/** The samples of stacks by their ids in the database. */
export interface InternedCounts {
  readonly running: Counts;
  readonly waiting: Counts;
}

/** Finds frames and stacks in the database, and adds those that are new; within a transaction. */
export class Interner {
  readonly #findFrame;
  readonly #addFrame;
  readonly #findStack;
  readonly #addStack;

  constructor(database: Database) {
    this.#findFrame = database.prepare(
      'SELECT id FROM frames WHERE name = ? AND file = ? AND definition_line = ? AND executing_line = ?',
    );
    this.#addFrame = database.prepare(
      'INSERT INTO frames (name, file, definition_line, executing_line) VALUES (?, ?, ?, ?) RETURNING id',
    );
    this.#findStack = database.prepare('SELECT id FROM stacks WHERE parent = ? AND frame = ?');
    this.#addStack = database.prepare(
      'INSERT INTO stacks (parent, frame) VALUES (?, ?) RETURNING id',
    );
  }

  /** The counts of some stacks, by the stacks' ids. */
  counts(collected: CollectedStacks): InternedCounts {
    const ids = this.stackIds(collected);
    const counts: InternedCounts = { running: new Map(), waiting: new Map() };
    for (const [index, { running, waiting }] of collected.stacks.entries()) {
      addCount(counts.running, ids[index] ?? 0, running);
      addCount(counts.waiting, ids[index] ?? 0, waiting);
    }
    return counts;
  }

  /** The ids of some stacks, in their order. */
  stackIds({ frames, stacks }: CollectedStacks): number[] {
    const frameIds = frames.map((frame) => this.#frame(frame));
    const below = new Map<number, Map<number, number>>();
    return stacks.map(({ frames: path }) => {
      let stack = NO_PARENT;
      for (const frame of path) stack = this.#stack(stack, frameIds[frame] ?? 0, below);
      return stack;
    });
  }

  #frame({ name, file = '', definitionLine = 0, executingLine = 0 }: CollectedFrame): number {
    const values = [name, file, definitionLine, executingLine];
    const row = this.#findFrame.get(...values) ?? this.#addFrame.get(...values);
    return row ? numberOf(row, 'id') : 0;
  }

  /** @param below the stacks that were found already, by parent and frame */
  #stack(parent: number, frame: number, below: Map<number, Map<number, number>>): number {
    let siblings = below.get(parent);
    if (!siblings) below.set(parent, (siblings = new Map<number, number>()));
    let id = siblings.get(frame);
    if (id === undefined) {
      const row = this.#findStack.get(parent, frame) ?? this.#addStack.get(parent, frame);
      id = row ? numberOf(row, 'id') : 0;
      siblings.set(frame, id);
    }
    return id;
  }
}

function addCount(counts: Counts, stack: number, count: number): void {
  if (count > 0) counts.set(stack, (counts.get(stack) ?? 0) + count);
}
