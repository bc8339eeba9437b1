import { FunctionTable } from '../../model/builder';
import type { Func, FunctionIndex } from '../../model/profile';
import { tooMany } from '../failures';

/** More than any program loads. */
const mostObjects = 10_000;

/** Functions of one object (a program or library), and their numbers among those of all objects. */
interface OfObject {
  readonly table: FunctionTable;
  readonly indexes: FunctionIndex[];
}

/** Collects functions, each once, in the order of their first appearance; those of different objects differ. */
export class ObjectFunctions {
  readonly #byObject = new Map<string | undefined, OfObject>();
  readonly #all: { readonly func: Func; readonly object: string | undefined }[] = [];

  get size(): number {
    return this.#all.length;
  }

  indexOf(
    name: string,
    file: string | undefined,
    line: number | undefined,
    object: string | undefined,
  ): FunctionIndex {
    const { table, indexes } = this.#of(object);
    const local = table.indexOf(name, file, line);
    let index = indexes[local];
    if (index === undefined) {
      index = this.#all.push({ func: { name, file, line }, object }) - 1;
      indexes.push(index);
    }
    return index;
  }

  /** The functions; those that only their objects tell apart have the object in their name. */
  toArray(): Func[] {
    const table = new FunctionTable();
    const identities = this.#all.map(({ func }) => table.indexOf(func.name, func.file, func.line));
    const bearers = new Int32Array(table.functions.length);
    for (const identity of identities) bearers[identity] = (bearers[identity] ?? 0) + 1;
    return this.#all.map(({ func, object }, index) => {
      const isNamesake = (bearers[identities[index] ?? 0] ?? 0) > 1;
      if (!isNamesake || object === undefined) return func;
      return { ...func, name: `${func.name} [${baseName(object)}]` };
    });
  }

  #of(object: string | undefined): OfObject {
    let known = this.#byObject.get(object);
    if (!known) {
      if (this.#byObject.size === mostObjects) throw tooMany(mostObjects, 'libraries');
      known = { table: new FunctionTable(), indexes: [] };
      this.#byObject.set(object, known);
    }
    return known;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
