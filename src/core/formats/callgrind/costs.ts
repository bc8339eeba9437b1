import { EdgeTable } from '../../model/builder';
import { inclusiveCosts } from '../../model/inclusiveCosts';
import type { CallEdge, Func, FunctionIndex, Profile } from '../../model/profile';
import type { LineMeaning } from './dialect';
import type { Scale } from './events';
import { LineCosts, type Place } from './lineCosts';
import { ObjectFunctions } from './objectFunctions';

/** A function as a file names it. */
export interface FunctionIdentity {
  readonly name: string;
  readonly file: string | undefined;
  /** The first line, where functions of one name are told apart by it. */
  readonly line: number | undefined;
  /** The program or library that it is in. */
  readonly object: string | undefined;
}

/** A function that is called, and its first line where the call tells it. */
export interface Callee {
  readonly func: FunctionIndex;
  readonly line: number | undefined;
}

/** A profile without what only its format knows. */
export interface CallgrindContent extends Pick<
  Profile,
  'unit' | 'total' | 'functions' | 'data' | 'lines'
> {
  /** The part of the total that no function of the file accounts for. */
  readonly lost: number;
}

/** Adds up the costs and calls of a file, in its own events, and makes a call graph of them. */
export class Costs {
  readonly #functions = new ObjectFunctions();
  readonly #edges = new EdgeTable();
  // Parallel to the functions.
  readonly #self: number[] = [];
  readonly #calls: (number | undefined)[] = [];
  readonly #firstLines: (number | undefined)[] = [];
  readonly #lines = new LineCosts();

  functionOf({ name, file, line, object }: FunctionIdentity): FunctionIndex {
    const func = this.#functions.indexOf(name, file, line, object);
    if (func === this.#self.length) {
      this.#self.push(0);
      this.#calls.push(undefined);
      this.#firstLines.push(undefined);
    }
    return func;
  }

  addSelf(place: Place, cost: number, hits: number | undefined): void {
    this.#self[place.func] = (this.#self[place.func] ?? 0) + cost;
    this.#lines.addSelf(place, cost, hits);
  }

  /** Adds a cost whose line is the function's first one. */
  addSelfAtDefinition({ func, file, line }: Place, cost: number): void {
    this.#self[func] = (this.#self[func] ?? 0) + cost;
    if (file !== undefined) this.#firstLines[func] ??= line;
  }

  addCall(place: Place, callee: Callee, calls: number, cost: number): void {
    this.#edges.add({
      caller: place.func,
      callee: callee.func,
      calls,
      primitiveCalls: undefined,
      self: undefined,
      total: cost,
    });
    this.#calls[callee.func] = (this.#calls[callee.func] ?? 0) + calls;
    this.#firstLines[callee.func] ??= callee.line;
    this.#lines.addCall(place, cost);
  }

  /**
   * @param meaning what the lines are; `undefined` where the costs have to show it
   * @param summary the cost of all, in events, where the costs in the file add up to less
   */
  finish(
    { unit, perUnit }: Scale,
    meaning: LineMeaning | undefined,
    summary: number,
  ): CallgrindContent {
    const edges = this.#edges.toArray();
    const totals = [...inclusiveCosts(this.#self, edges)];
    const known = meaning ?? (this.#lines.tellLinesApart ? 'executing' : 'definition');
    const lines = known === 'definition' ? [] : this.#lines.toExactLines(totals, perUnit, known);
    const lost = this.#addLost(summary, totals, edges);
    return {
      unit,
      total: sum(this.#self) / perUnit,
      lost: lost / perUnit,
      functions: this.#functions.toArray().map((func, index) => this.#withFirstLine(func, index)),
      data: {
        kind: 'callGraph',
        stats: this.#self.map((self, index) => ({
          calls: this.#calls[index],
          primitiveCalls: undefined,
          self: self / perUnit,
          total: (totals[index] ?? 0) / perUnit,
        })),
        edges: edges.map((edge) => inUnits(edge, perUnit)),
      },
      lines,
    };
  }

  /**
   * Adds what the costs lack of the summary, as a function that the costliest one calls: the summary
   * is what that one took, and the rest was spent in functions that rounding left without a cost.
   * @returns what was lost
   */
  #addLost(summary: number, totals: number[], edges: CallEdge[]): number {
    const lost = summary - sum(this.#self);
    if (!(lost > 0) || totals.length === 0) return 0;
    const caller = indexOfLargest(totals);
    const nowhere = { file: undefined, line: undefined, object: undefined };
    const callee = this.functionOf({ name: '(rounded away)', ...nowhere });
    this.#self[callee] = totals[callee] = lost;
    totals[caller] = summary;
    const uncounted = { calls: undefined, primitiveCalls: undefined };
    edges.push({ caller, callee, ...uncounted, self: lost, total: lost });
    return lost;
  }

  /** The line that identifies the function, else the one that its callers tell. */
  #withFirstLine(func: Func, index: FunctionIndex): Func {
    return { ...func, line: func.line ?? this.#firstLines[index] };
  }
}

function inUnits(edge: CallEdge, perUnit: number): CallEdge {
  const scaled = (cost: number | undefined): number | undefined =>
    cost === undefined ? undefined : cost / perUnit;
  return { ...edge, self: scaled(edge.self), total: scaled(edge.total) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}
