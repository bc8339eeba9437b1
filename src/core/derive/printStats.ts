import type { Func, FunctionIndex, FunctionStats, Profile } from '../model/profile';
import { callGraphOf } from './callGraph';

/** What of a profile is printed, and how it is headed. */
export interface PrintedStats {
  /** The files that the profile was read from; milliseconds since the epoch, printed in local time. */
  readonly files: readonly { readonly path: string; readonly modifiedMs: number }[];
  /** The functions to print, in this order. Those without a row of their own are left out. */
  readonly order: Iterable<FunctionIndex>;
  /** The sort order in the words of pstats, `internal time` for example. */
  readonly orderedBy: string;
  /** Why not all functions are printed, as pstats has it between `<` and `>`. */
  readonly restriction?: string | undefined;
}

/** What pyinstrument has for calls that nobody counted; pstats prints it as it is. */
const UNCOUNTED = -1;

/**
 * The text that `pstats.Stats(file).sort_stats(…).print_stats(…)` of Python prints, see
 * https://github.com/python/cpython/blob/main/Lib/pstats.py; its versions 2.7 to 3.15 print the same.
 */
export function printStats(profile: Profile, printed: PrintedStats): string {
  const { stats } = callGraphOf(profile);
  const isListed = listedFunctions(stats);
  const order = [...printed.order].filter((func) => isListed(stats[func]));
  const rows = order.flatMap((func) => {
    const [own, { name, file, line } = NAMELESS] = [stats[func], profile.functions[func]];
    return own ? [rowText(own, standardName({ name, file, line }))] : [];
  });
  const all = stats.filter(isListed);
  return [
    ...printed.files.map(({ path, modifiedMs }) => `${dateText(modifiedMs)}    ${path}`),
    '',
    summaryText(all, profile),
    '',
    ...(rows.length === 0
      ? []
      : [...listHeading(printed, all.length, rows.length), ...rows, '', '']),
    '',
  ].join('\n');
}

const NAMELESS: Func = { name: '?', file: undefined, line: undefined };

/**
 * Tells which functions pstats lists. Where calls were counted, a function with neither calls nor a
 * cost of its own is one that is named as a caller only.
 */
export function listedFunctions(
  stats: readonly FunctionStats[],
): (own: FunctionStats | undefined) => boolean {
  const isCounted = stats.some(({ calls }) => calls !== undefined);
  return (own) => own !== undefined && (!isCounted || own.calls !== undefined || own.self !== 0);
}

/** `file:line(function)`; built-ins as cProfile (`{len}`) and the profile module (`:0(len)`) name them. */
export function standardName({ name, file, line }: Func): string {
  if (file === undefined && /^<.*>$/s.test(name)) return `{${name.slice(1, -1)}}`;
  return `${file ?? ''}:${line ?? 0}(${name})`;
}

function summaryText(stats: readonly FunctionStats[], { unit, total }: Profile): string {
  let calls = 0;
  let primitiveCalls = 0;
  for (const own of stats) {
    calls += callsOf(own);
    primitiveCalls += primitiveCallsOf(own);
  }
  const primitive = calls === primitiveCalls ? '' : `(${primitiveCalls} primitive calls) `;
  return `         ${calls} function calls ${primitive}in ${formatNumber(total)} ${unit}`;
}

function listHeading(
  { orderedBy, restriction }: PrintedStats,
  all: number,
  listed: number,
): string[] {
  const reduced = `   List reduced from ${all} to ${listed} due to restriction <${restriction ?? ''}>`;
  return [
    `   Ordered by: ${orderedBy}`,
    ...(all === listed ? [] : [reduced]),
    '',
    '   ncalls  tottime  percall  cumtime  percall filename:lineno(function)',
  ];
}

function rowText(own: FunctionStats, name: string): string {
  const [calls, primitiveCalls] = [callsOf(own), primitiveCallsOf(own)];
  const counts = calls === primitiveCalls ? String(calls) : `${calls}/${primitiveCalls}`;
  return [
    counts.padStart(9),
    formatCost(own.self),
    formatShare(own.self, calls),
    formatCost(own.total),
    formatShare(own.total, primitiveCalls),
    name,
  ].join(' ');
}

function callsOf({ calls = UNCOUNTED }: FunctionStats): number {
  return Math.round(calls);
}

function primitiveCallsOf({ calls, primitiveCalls = calls }: FunctionStats): number {
  return Math.round(primitiveCalls ?? UNCOUNTED);
}

function formatShare(cost: number, count: number): string {
  return count === 0 ? ' '.repeat(8) : formatCost(cost / count);
}

function formatCost(cost: number): string {
  return formatNumber(cost).padStart(8);
}

/** A number as `%.3f` of Python has it. */
function formatNumber(value: number): string {
  const sign = Object.is(value, -0) ? '-' : '';
  return sign + halfToEven(value).toFixed(3);
}

/** Python rounds what lies in the middle to the even digit, JavaScript up; only odd sixteenths do. */
function halfToEven(value: number): number {
  if (Math.abs((value * 16) % 2) !== 1) return value;
  const below = Math.floor(value * 1000);
  return (below % 2 === 0 ? below : below + 1) / 1000;
}

/** As `time.ctime` of Python has it: `Fri Nov 20 15:07:32 2026`. */
function dateText(ms: number): string {
  const date = new Date(ms);
  const [weekday, month] = date.toDateString().split(' ');
  const [time] = date.toTimeString().split(' ');
  return [weekday, month, String(date.getDate()).padStart(2), time, date.getFullYear()].join(' ');
}
