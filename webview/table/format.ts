import type { TableDocument } from '../../src/protocol/table';

type Unit = TableDocument['unit'];

/** Microseconds: what deterministic profilers measure. */
const SECOND_DIGITS = 6;

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const PARTS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** A cost in its unit; blank where it is unknown. */
export function formatCost(cost: number, unit: Unit): string {
  if (Number.isNaN(cost)) return '';
  return unit === 'seconds' ? cost.toFixed(SECOND_DIGITS) : PARTS.format(cost);
}

/** A number of samples; blank where it is unknown. */
export function formatCount(count: number): string {
  return Number.isNaN(count) ? '' : WHOLE.format(count);
}

/** `n`, or `n/p` where only `p` of the calls are primitive, as pstats has it; blank where unknown. */
export function formatCalls(calls: number, primitiveCalls: number): string {
  if (Number.isNaN(calls)) return '';
  const isRecursive = !Number.isNaN(primitiveCalls) && primitiveCalls !== calls;
  return isRecursive ? `${calls}/${primitiveCalls}` : String(calls);
}

/** `file:line` as far as it is known, with the whole path or only its last part. */
export function formatPlace(file: string | undefined, line: number, isShort = false): string {
  if (file === undefined) return '';
  const name = isShort ? splitPath(file)[1] : file;
  return line > 0 ? `${name}:${line}` : name;
}

/** The folder of a path, with its separator, and the name in it. */
export function splitPath(path: string): [folder: string, name: string] {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return [path.slice(0, cut), path.slice(cut)];
}
