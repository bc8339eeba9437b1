import type { FrameIndex, NodeIndex } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import { isObject, jsonChecks, type JsonObject } from '../encoding/json';
import { lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';

const { array, object, text } = jsonChecks('Firefox Profiler');

/** What a profile's threads share. */
export interface Shared {
  readonly tables: JsonObject;
  readonly builder: StacksBuilder;
  /** Whether a function's line is where it begins; Tachyon writes the first one that it saw. */
  readonly hasDefinitionLines: boolean;
}

/** The tables of one thread; newer versions share some or all of them. */
export class ThreadTables {
  readonly #thread: JsonObject;
  readonly #shared: Shared;
  readonly #frames: FrameIndex[] = [];

  constructor(thread: JsonObject, shared: Shared) {
    this.#thread = thread;
    this.#shared = shared;
  }

  /** What identifies the stacks: threads of which this is the same have the same nodes. */
  get stackTable(): JsonObject {
    return this.#table('stackTable');
  }

  /** The node of each stack. */
  nodes(): Int32Array {
    const { tree } = this.#shared.builder;
    const frames = array(this.stackTable['frame']);
    const prefixes = array(this.stackTable['prefix']);
    const nodes = new Int32Array(frames.length);
    for (const [index, frame] of frames.entries()) {
      const parent = this.#parentOf(index, prefixes[index], nodes);
      nodes[index] = tree.child(parent, this.#frameAt(indexIn(frame)));
    }
    return nodes;
  }

  #parentOf(index: number, prefix: unknown, nodes: Int32Array): NodeIndex {
    if (prefix === null || prefix === -1) return noNode;
    const parent = indexIn(prefix);
    if (parent >= index)
      throw damaged('Firefox Profiler', `stack ${index} stands before its caller`);
    return nodes[parent] ?? noNode;
  }

  #frameAt(index: number): FrameIndex {
    return (this.#frames[index] ??= this.#readFrame(index));
  }

  #readFrame(index: number): FrameIndex {
    const frames = this.#table('frameTable');
    const functions = this.#table('funcTable');
    const func = indexIn(array(frames['func'])[index]);
    const definition = this.#shared.hasDefinitionLines ? at(functions['lineNumber'], func) : null;
    const file = this.#fileOf(functions, func);
    return this.#shared.builder.frame(
      this.#string(at(functions['name'], func)),
      file,
      file === undefined ? undefined : lineOf(definition),
      file === undefined ? undefined : lineOf(at(frames['line'], index)),
    );
  }

  /** By the function's name of a file, since version 57 by its source. */
  #fileOf(functions: JsonObject, func: number): string | undefined {
    const { tables } = this.#shared;
    const source = at(functions['source'], func);
    const { sources } = tables;
    const inSources = isObject(sources) ? sources['filename'] : undefined;
    const name =
      typeof source === 'number' ? at(inSources, source) : at(functions['fileName'], func);
    if (typeof name !== 'number') return undefined;
    const file = this.#string(name);
    return file === '~' || file === '' ? undefined : file;
  }

  #string(index: unknown): string {
    const { tables } = this.#shared;
    const strings =
      this.#thread['stringArray'] ?? this.#thread['stringTable'] ?? tables['stringArray'];
    return text(array(strings)[indexIn(index)]);
  }

  #table(name: string): JsonObject {
    return object(this.#thread[name] ?? this.#shared.tables[name]);
  }
}

/** A value of a column, `undefined` where the column or the value is missing. */
function at(column: unknown, index: number): unknown {
  return Array.isArray(column) ? (column[index] as unknown) : undefined;
}

function lineOf(value: unknown): number | undefined {
  return typeof value === 'number' ? lineNumber(value) : undefined;
}

function indexIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw damaged('Firefox Profiler', 'an index is missing');
  }
  return value;
}
