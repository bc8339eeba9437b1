import { addKnown, EdgeTable, FunctionTable } from '../../model/builder';
import type { FunctionIndex, FunctionStats, Profile } from '../../model/profile';
import type { PickledFunction, PickledStat } from './pickledStats';

/** Functions by file, line and name, as yappi itself saves them as pstats. */
export function callGraphOf(pickled: readonly PickledFunction[], format: string): Profile {
  const table = new FunctionTable();
  const edges = new EdgeTable();
  const stats: FunctionStats[] = [];
  const indexOf = ({ name, file, line }: PickledStat): FunctionIndex => {
    const index = table.indexOf(name, file, line);
    stats[index] ??= uncounted;
    return index;
  };
  for (const stat of pickled) {
    const index = indexOf(stat);
    const known = stats[index];
    stats[index] = known && known !== uncounted ? sum(known, stat.numbers) : stat.numbers;
  }
  for (const stat of pickled) {
    const caller = indexOf(stat);
    for (const child of stat.children) {
      edges.add({ caller, callee: indexOf(child), ...child.numbers });
    }
  }
  return {
    format,
    unit: 'seconds',
    total: stats.reduce((total, { self }) => total + self, 0),
    functions: table.functions,
    data: { kind: 'callGraph', stats, edges: edges.toArray() },
    lines: [],
    request: {},
    warnings: warningsOf(pickled, stats),
  };
}

/** Of a function that is named as called only, because it was filtered out. */
const uncounted: FunctionStats = { calls: undefined, primitiveCalls: undefined, self: 0, total: 0 };

/** Of functions that a `strip_dirs()` made the same. */
function sum(a: FunctionStats, b: FunctionStats): FunctionStats {
  return {
    calls: addKnown(a.calls, b.calls),
    primitiveCalls: addKnown(a.primitiveCalls, b.primitiveCalls),
    self: a.self + b.self,
    total: a.total + b.total,
  };
}

function warningsOf(
  pickled: readonly PickledFunction[],
  stats: readonly FunctionStats[],
): string[] {
  if (pickled.length === 0) return ['The profile is empty: yappi followed no function.'];
  if (!stats.includes(uncounted)) return [];
  return ['Some functions are named as called only: what they cost in all is unknown.'];
}
