import type { CallEdge, Func, FunctionIndex } from './profile';

/** Functions of one name in one file: the only one, or several by line. */
type Namesakes = FunctionIndex | Map<number | undefined, FunctionIndex>;

/** Collects functions, each once, in the order of their first appearance. */
export class FunctionTable {
  readonly functions: Func[] = [];
  /** Nested maps rather than one map of joined keys: names may hold any character, and joining is slow. */
  readonly #byFile = new Map<string | undefined, Map<string, Namesakes>>();

  /** Index of the function with this identity, added where it is new. */
  indexOf(name: string, file: string | undefined, line: number | undefined): FunctionIndex {
    const byName = child(this.#byFile, file);
    const namesakes = byName.get(name);
    if (namesakes === undefined) {
      const index = this.#add(name, file, line);
      byName.set(name, index);
      return index;
    }
    if (typeof namesakes !== 'number') return this.#amongNamesakes(namesakes, name, file, line);
    const knownLine = this.functions[namesakes]?.line;
    if (knownLine === line) return namesakes;
    const byLine = new Map([[knownLine, namesakes]]);
    byName.set(name, byLine);
    return this.#amongNamesakes(byLine, name, file, line);
  }

  #amongNamesakes(
    byLine: Map<number | undefined, FunctionIndex>,
    name: string,
    file: string | undefined,
    line: number | undefined,
  ): FunctionIndex {
    let index = byLine.get(line);
    if (index === undefined) {
      index = this.#add(name, file, line);
      byLine.set(line, index);
    }
    return index;
  }

  #add(name: string, file: string | undefined, line: number | undefined): FunctionIndex {
    return this.functions.push({ name, file, line }) - 1;
  }
}

function child<Key, Inner, Value>(outer: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  let inner = outer.get(key);
  if (!inner) {
    inner = new Map();
    outer.set(key, inner);
  }
  return inner;
}

/** Collects call graph edges, adding up those of the same caller and callee. */
export class EdgeTable {
  readonly #edges = new Map<FunctionIndex, Map<FunctionIndex, CallEdge>>();

  add(edge: CallEdge): void {
    const byCallee = child(this.#edges, edge.caller);
    const known = byCallee.get(edge.callee);
    byCallee.set(edge.callee, known ? addEdges(known, edge) : edge);
  }

  /** All edges, grouped by caller. */
  toArray(): CallEdge[] {
    return [...this.#edges.values()].flatMap((byCallee) => [...byCallee.values()]);
  }
}

function addEdges(a: CallEdge, b: CallEdge): CallEdge {
  return {
    caller: a.caller,
    callee: a.callee,
    calls: addKnown(a.calls, b.calls),
    primitiveCalls: addKnown(a.primitiveCalls, b.primitiveCalls),
    self: addKnown(a.self, b.self),
    total: addKnown(a.total, b.total),
  };
}

/** The sum, or `undefined` where either is unknown. */
export function addKnown(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
