import { EdgeTable, FunctionTable } from '../../model/builder';
import { inclusiveCosts } from '../../model/inclusiveCosts';
import type {
  CallEdge,
  ExactLine,
  FunctionIndex,
  FunctionStats,
  Profile,
} from '../../model/profile';
import { LineCosts, type Place } from '../callgrind/lineCosts';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';
import { isExpression, type Definitions } from './definitions';
import type { CallRow, Definition, LineRow } from './rows';
import { Scopes } from './scopes';

/** What a report counts: seconds, or samples (`--statistic`), which are the hits of lines. */
export type Measure = 'seconds' | 'samples';

/** A call and the line that made it. */
interface PlacedCall extends CallRow {
  readonly place: Place;
}

const expressionsWarning =
  'Lambdas, comprehensions and generator expressions have no cost of their own here: the text counts it in the lines that they stand in.';

/** Adds up the rows of a report by line and function. */
export class Costs {
  readonly #measure: Measure;
  readonly #definitions: Definitions;
  readonly #functions = new FunctionTable();
  /** Parallel to the functions, as far as they have lines. */
  readonly #self: number[] = [];
  readonly #lines = new LineCosts();
  readonly #calls: PlacedCall[] = [];
  /** The functions that expressions stand in, by file and line. */
  readonly #owners = new Map<string, Map<number, FunctionIndex>>();
  #file = '';
  #scopes: Scopes | undefined;
  #place: Place | undefined;

  constructor(measure: Measure, definitions: Definitions) {
    this.#measure = measure;
    this.#definitions = definitions;
  }

  startFile(file: string): void {
    this.#file = file;
    this.#scopes = new Scopes(this.#definitions, file);
    this.#place = undefined;
  }

  addLine(row: LineRow): void {
    const scope = this.#scopes?.enter(row);
    if (!scope) return;
    const func = this.#indexOf(scope);
    this.#place = { func, file: this.#file, line: lineNumber(row.line) };
    if (this.#definitions.hasExpressionAt(this.#file, row.line)) this.#own(row.line, func);
    const cost = this.#costOf(row);
    if (cost === 0 && row.hits === 0) return;
    this.#self[func] = (this.#self[func] ?? 0) + cost;
    this.#lines.addSelf(this.#place, cost, row.hits);
  }

  /** Adds a call that the line before made. */
  addCall(row: CallRow): void {
    if (this.#place) this.#calls.push({ ...row, place: this.#place });
  }

  /**
   * @param format id of the format
   * @param warnings what else is to be said of the file
   */
  profile(format: string, warnings: readonly string[]): Profile {
    for (const call of this.#calls) this.#addToLine(call);
    const calls = this.#calls.filter((call) => !this.#standsInCaller(call));
    const edges = this.#edgesOf(calls);
    const { functions } = this.#functions;
    const self = functions.map((_, func) => this.#self[func] ?? 0);
    const totals = [...inclusiveCosts(self, edges)];
    if (!totals.every(isCost)) throw damaged('pprofile', 'its times are too large');
    const total = self.reduce((sum, cost) => sum + cost, 0);
    return {
      format,
      unit: this.#measure,
      total,
      functions,
      data: { kind: 'callGraph', stats: statsOf(self, totals, edges), edges },
      lines: this.#exactLines(totals),
      request: {},
      warnings: [
        ...(total > 0 ? [] : ['The profile is empty: no line of it ran.']),
        ...(calls.some(({ callee }) => isExpression(callee)) ? [expressionsWarning] : []),
        ...warnings,
      ],
    };
  }

  #edgesOf(calls: readonly PlacedCall[]): CallEdge[] {
    const edges = new EdgeTable();
    for (const call of calls) {
      edges.add({
        caller: call.place.func,
        callee: this.#indexOf(call.callee),
        calls: this.#isSampled ? undefined : call.hits,
        primitiveCalls: undefined,
        self: undefined,
        total: this.#costOf(call),
      });
    }
    return edges.toArray();
  }

  get #isSampled(): boolean {
    return this.#measure === 'samples';
  }

  #exactLines(totals: readonly number[]): ExactLine[] {
    const lines = this.#lines.toExactLines(totals, 1, 'executing');
    return this.#isSampled ? lines.map((line) => ({ ...line, isSampled: true })) : lines;
  }

  /** A call of an expression that stands in the line itself is in the line's own cost, and in its other calls. */
  #addToLine(call: PlacedCall): void {
    const { callee, place } = call;
    const isHere = callee.line === place.line && callee.file === place.file;
    if (!isHere || !isExpression(callee)) this.#lines.addCall(place, this.#costOf(call));
  }

  /** Whether the function called is an expression within the caller, whose lines have its cost already. */
  #standsInCaller({ callee, place }: PlacedCall): boolean {
    return isExpression(callee) && this.#owners.get(callee.file)?.get(callee.line) === place.func;
  }

  #own(line: number, func: FunctionIndex): void {
    const owners = this.#owners.get(this.#file) ?? new Map<number, FunctionIndex>();
    this.#owners.set(this.#file, owners.set(line, func));
  }

  #costOf({ hits, time }: LineRow | CallRow): number {
    return this.#isSampled ? hits : time;
  }

  #indexOf({ name, file, line }: Definition): FunctionIndex {
    return this.#functions.indexOf(name, file, lineNumber(line));
  }
}

/** The calls of a function that nothing called are not known. */
function statsOf(
  self: readonly number[],
  totals: readonly number[],
  edges: readonly CallEdge[],
): FunctionStats[] {
  const received = new Map<FunctionIndex, number>();
  for (const { callee, calls } of edges) {
    if (calls !== undefined) received.set(callee, (received.get(callee) ?? 0) + calls);
  }
  return self.map((own, func) => ({
    calls: received.get(func),
    primitiveCalls: undefined,
    self: own,
    total: totals[func] ?? own,
  }));
}
