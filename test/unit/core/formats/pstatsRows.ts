/** Comparison of what `pstats` itself reads of a file with what our reader makes of it. */
import type { CallEdge, FunctionStats, Profile } from '../../../../src/core/model/profile';
import { edgesByLabel, statsByLabel } from './samples';

/** A row of a stats dict, as a Python program prints it in JSON. */
export interface Row {
  readonly file: string;
  readonly line: number;
  readonly func: string;
  readonly cc: number;
  readonly nc: number;
  readonly tt: number;
  readonly ct: number;
  readonly callers: readonly (readonly [
    caller: readonly [file: string, line: number, func: string],
    numbers: number | readonly [nc: number, cc: number, tt: number, ct: number],
  ])[];
}

/** Everything pstats knows, by functions' labels. */
export interface Comparable {
  readonly functions: ReadonlyMap<string, FunctionStats>;
  readonly edges: ReadonlyMap<string, Omit<CallEdge, 'caller' | 'callee'>>;
}

export function comparableRows(rows: readonly Row[]): Comparable {
  const functions = new Map<string, FunctionStats>();
  const edges = new Map<string, Omit<CallEdge, 'caller' | 'callee'>>();
  for (const row of rows) {
    const label = labelOfKey([row.file, row.line, row.func]);
    functions.set(label, { ...callsOf(row.nc, row.cc), self: row.tt, total: row.ct });
    for (const [caller, numbers] of row.callers) {
      edges.set(`${labelOfKey(caller)} -> ${label}`, edgeOf(numbers));
    }
  }
  return { functions, edges };
}

export function comparableProfile(profile: Profile): Comparable {
  return { functions: statsByLabel(profile), edges: edgesByLabel(profile) };
}

/** The label that `labelOf` gives the function of a stats dict's key. */
export function labelOfKey([file, line, name]: readonly [string, number, string]): string {
  return `${file === '~' ? '' : file}:${line > 0 ? line : ''} ${name}`;
}

function edgeOf(
  numbers: number | readonly [number, number, number, number],
): Omit<CallEdge, 'caller' | 'callee'> {
  if (typeof numbers === 'number') {
    return { calls: numbers, primitiveCalls: undefined, self: undefined, total: undefined };
  }
  const [nc, cc, self, total] = numbers;
  return { ...callsOf(nc, cc), self, total };
}

/** -1 stands for unknown; yappi swaps the two. */
function callsOf(nc: number, cc: number): Pick<FunctionStats, 'calls' | 'primitiveCalls'> {
  if (nc < 0) return { calls: undefined, primitiveCalls: undefined };
  return { calls: Math.max(nc, cc), primitiveCalls: Math.min(nc, cc) };
}
