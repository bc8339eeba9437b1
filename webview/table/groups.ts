import type { Functions } from './functions';
import { Modules } from './modules';
import type { TableOrder } from './order';

/** What the rows of a table are gathered by. */
export type Grouping = 'none' | 'file' | 'module';

/** The functions of one file or module, and what is known of all of them together. */
export interface FunctionGroup {
  readonly name: string;
  /** In the table's order. */
  readonly functions: readonly number[];
  /** Sums, NaN where they are unknown of all of them. */
  readonly calls: number;
  readonly primitiveCalls: number;
  readonly self: number;
  readonly selfPerCall: number;
}

const BUILT_IN = 'Built-in';

/** Gathers functions; groups stand in the table's order, by their sums where it is one of those. */
export function groupFunctions(
  functions: Functions,
  order: readonly number[],
  grouping: Exclude<Grouping, 'none'>,
  { sort, isReversed }: TableOrder,
): FunctionGroup[] {
  const modules = new Modules(functions.document.files);
  const members = new Map<string, number[]>();
  for (const func of order) {
    const file = functions.file(func);
    const module = grouping === 'file' ? file : file && modules.of(file);
    const name = module ?? BUILT_IN;
    const known = members.get(name);
    if (known) known.push(func);
    else members.set(name, [func]);
  }
  const groups = [...members].map(([name, group]) => groupOf(functions, name, group));
  if (sort !== 'calls' && sort !== 'self' && sort !== 'selfPerCall') return groups;
  const sign = isReversed ? -1 : 1;
  return groups.sort((a, b) => sign * (known(b[sort]) - known(a[sort])));
}

function groupOf(functions: Functions, name: string, group: readonly number[]): FunctionGroup {
  const { primitiveCalls } = functions.document.costs;
  const calls = sumOf(group, (func) => functions.value(func, 'calls'));
  const self = sumOf(group, (func) => functions.value(func, 'self'));
  return {
    name,
    functions: group,
    calls,
    primitiveCalls: sumOf(group, (func) => primitiveCalls[func] ?? NaN),
    self,
    selfPerCall: calls > 0 ? self / calls : NaN,
  };
}

function sumOf(functions: readonly number[], valueOf: (func: number) => number): number {
  const values = functions.map(valueOf).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0);
}

function known(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
