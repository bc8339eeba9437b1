import type { CallEdge, CallGraph, Func, FunctionStats, Profile } from '../model/profile';
import { add, at } from '../model/typedArrays';
import { callGraphOf } from './callGraph';
import { listedFunctions, printStats, type PrintedStats } from './printStats';
import { outermostNodes, stackCosts } from './stackCosts';
import type {
  CallColumns,
  CostColumns,
  PrintedTable,
  TableDocument,
  TableSort,
} from './tableDocument';

/** The function table of a profile, whatever kind of data it holds. */
export function toTable(profile: Profile): TableDocument {
  const { functions, unit, total } = profile;
  const { stats, edges } = callGraphOf(profile);
  return {
    unit,
    total,
    isCounted: stats.some(({ calls }) => calls !== undefined),
    names: functions.map(({ name }) => name),
    ...placesOf(functions),
    costs: costsOf(profile, stats),
    samples: samplesOf(profile),
    calls: callsOf(edges),
  };
}

/** What is shown of a table, as `pstats.Stats.print_stats()` prints it. */
export function printTable(
  profile: Profile,
  files: PrintedStats['files'],
  { order, sort, restriction }: PrintedTable,
): string {
  return printStats(profile, { files, order, orderedBy: SORT_ORDERS[sort], restriction });
}

/** What sort orders are called; by the words of `pstats.Stats.sort_stats` where it has them. */
const SORT_ORDERS: Readonly<Record<TableSort, string>> = {
  calls: 'call count',
  samples: 'sample count',
  self: 'internal time',
  selfPerCall: 'internal time per call',
  total: 'cumulative time',
  totalPerCall: 'cumulative time per primitive call',
  name: 'function name',
  place: 'file name, line number',
};

function placesOf(functions: readonly Func[]): Pick<TableDocument, 'files' | 'file' | 'line'> {
  const numbers = new Map<string, number>();
  const numberOf = (file: string): number => {
    const known = numbers.get(file) ?? numbers.size;
    numbers.set(file, known);
    return known;
  };
  const file = Int32Array.from(functions, ({ file }) => (file === undefined ? -1 : numberOf(file)));
  const line = Int32Array.from(functions, ({ line }) => line ?? 0);
  return { files: [...numbers.keys()], file, line };
}

function costsOf({ data }: Profile, stats: CallGraph['stats']): CostColumns {
  // What lines and timelines cost includes what they call: the cost without it is unknown.
  const hasSelf = data.kind === 'callGraph' || data.kind === 'stacks';
  const isListed = listedFunctions(stats);
  const selfOf = (own: FunctionStats): number => (hasSelf && isListed(own) ? own.self : NaN);
  return {
    calls: Float64Array.from(stats, ({ calls = NaN }) => calls),
    primitiveCalls: Float64Array.from(stats, ({ primitiveCalls = NaN }) => primitiveCalls),
    self: Float64Array.from(stats, selfOf),
    total: Float64Array.from(stats, ({ total }) => total),
  };
}

function callsOf(edges: readonly CallEdge[]): CallColumns {
  return {
    caller: Int32Array.from(edges, ({ caller }) => caller),
    callee: Int32Array.from(edges, ({ callee }) => callee),
    calls: Float64Array.from(edges, ({ calls = NaN }) => calls),
    primitiveCalls: Float64Array.from(edges, ({ primitiveCalls = NaN }) => primitiveCalls),
    self: Float64Array.from(edges, ({ self = NaN }) => self),
    total: Float64Array.from(edges, ({ total = NaN }) => total),
  };
}

function samplesOf(profile: Profile): Float64Array | undefined {
  const { data, functions, unit } = profile;
  if (data.kind !== 'stacks' || unit === 'samples') return undefined;
  const { nodes, frames } = data;
  const { samples } = stackCosts(profile, data);
  const funcs = nodes.frame.map((frame) => frames[frame]?.func ?? -1);
  const outermost = outermostNodes(nodes.parent, funcs);
  const counts = new Float64Array(functions.length);
  for (const [node, func] of funcs.entries()) {
    if (at(outermost, node) === 1) add(counts, func, at(samples, node));
  }
  return counts.some((count) => count > 0) ? counts : undefined;
}
