import type { FunctionIndex, Profile, Unit } from '../model/profile';
import type { RequestFacts } from '../model/request';
import type { Place, Query } from '../model/requestRecord';
import { functionTable, type FunctionRow } from './functionTable';
import { lineCosts } from './lineCosts';

/** Functions, lines and statements that are told of one request. */
const MOST = 10;

/** A function with what it cost, in the profile's unit. */
export interface DetailedFunction {
  readonly name: string;
  readonly file: string | undefined;
  /** Definition line. */
  readonly line: number | undefined;
  readonly calls: number | undefined;
  /** `undefined` where the tool times functions with what they call (line_profiler). */
  readonly self: number | undefined;
  readonly total: number;
}

/** A line with what it cost, in the profile's unit. */
export interface DetailedLine extends Place {
  /** The function it is in; `undefined` for a line of no function, as in a template. */
  readonly func: Pick<DetailedFunction, 'name' | 'file' | 'line'> | undefined;
  readonly hits: number | undefined;
  /** `undefined` where the tool times lines with what they call. */
  readonly self: number | undefined;
  readonly time: number;
}

/** A statement that was sent to a database, as often as it was; seconds. */
export interface DetailedStatement {
  readonly statement: string;
  readonly count: number;
  readonly time: number;
  /** The first line that sent it. */
  readonly place: Place | undefined;
}

/** What a request asked of databases; seconds. */
export interface QuerySummary {
  readonly count: number;
  readonly time: number;
  /** How many of them the request had sent before; `undefined` where only their number is known. */
  readonly duplicates: number | undefined;
  /** The costliest, at most ten. */
  readonly statements: readonly DetailedStatement[];
}

/** A source file with the self cost of all its functions. */
export interface InvolvedFile {
  readonly file: string;
  readonly functions: number;
  /** In the profile's unit; `undefined` where no function's own cost is known. */
  readonly self: number | undefined;
}

/** What there is to know of one request at a glance. */
export interface RequestDetails {
  readonly formatLabel: string;
  readonly unit: Unit;
  readonly total: number;
  readonly request: RequestFacts;
  /** The costliest by self cost, or by total where that is all there is; at most ten. */
  readonly functions: readonly DetailedFunction[];
  /** The costliest, at most ten. */
  readonly lines: readonly DetailedLine[];
  /** `undefined` where the profile knows nothing of queries. */
  readonly queries: QuerySummary | undefined;
  readonly warnings: readonly string[];
  /** The costliest first. */
  readonly files: readonly InvolvedFile[];
}

/** Sums up a profile for the *Request* panel. */
export function requestDetails(profile: Profile, formatLabel: string): RequestDetails {
  const { unit, total, request, warnings } = profile;
  const { rows } = functionTable(profile);
  return {
    formatLabel,
    unit,
    total,
    request,
    functions: costliestFunctions(profile, rows),
    lines: costliestLines(profile),
    queries: querySummary(profile),
    warnings,
    files: involvedFiles(profile, rows),
  };
}

function costliestFunctions(profile: Profile, rows: readonly FunctionRow[]): DetailedFunction[] {
  return rows
    .filter((row) => ownCost(row) > 0)
    .sort((a, b) => ownCost(b) - ownCost(a) || b.total - a.total || a.func - b.func)
    .slice(0, MOST)
    .map(({ func, calls, self, total }) => ({ ...place(profile, func), calls, self, total }));
}

function ownCost({ self, total }: FunctionRow): number {
  return self ?? total;
}

function costliestLines(profile: Profile): DetailedLine[] {
  const lines: (Omit<DetailedLine, 'func'> & { readonly func: FunctionIndex | undefined })[] = [];
  for (const [file, costs] of lineCosts(profile)) {
    for (const [line, { func, hits, self, time }] of costs) {
      if ((self ?? time) > 0) lines.push({ file, line, func, hits, self, time });
    }
  }
  return lines
    .sort((a, b) => (b.self ?? b.time) - (a.self ?? a.time) || b.time - a.time || a.line - b.line)
    .slice(0, MOST)
    .map(({ func, ...line }) => ({
      ...line,
      func: func === undefined ? undefined : place(profile, func),
    }));
}

function place(
  { functions }: Profile,
  index: FunctionIndex,
): Pick<DetailedFunction, 'name' | 'file' | 'line'> {
  const { name = '', file, line } = functions[index] ?? {};
  return { name, file, line };
}

/** From the statements themselves, or else from what the profile says of their number and time. */
function querySummary({ record, request }: Profile): QuerySummary | undefined {
  if (record && record.queries.length > 0) return summarizeQueries(record.queries);
  if (request.queryCount === undefined) return undefined;
  const time = (request.queryMs ?? 0) / 1000;
  return { count: request.queryCount, time, duplicates: undefined, statements: [] };
}

function summarizeQueries(queries: readonly Query[]): QuerySummary {
  const statements = new Map<string, DetailedStatement>();
  for (const { statement, duration, place: sender } of queries) {
    const { count = 0, time = 0, place: first = sender } = statements.get(statement) ?? {};
    statements.set(statement, { statement, count: count + 1, time: time + duration, place: first });
  }
  return {
    count: queries.length,
    time: queries.reduce((sum, { duration }) => sum + duration, 0),
    duplicates: queries.length - statements.size,
    statements: [...statements.values()].sort((a, b) => b.time - a.time).slice(0, MOST),
  };
}

function involvedFiles({ functions }: Profile, rows: readonly FunctionRow[]): InvolvedFile[] {
  const files = new Map<string, InvolvedFile>();
  for (const { func, self, total } of rows) {
    const file = functions[func]?.file;
    if (file === undefined || /^<.*>$|^~$/.test(file) || !(total > 0)) continue;
    const before = files.get(file);
    const cost = self === undefined ? before?.self : (before?.self ?? 0) + self;
    files.set(file, { file, functions: (before?.functions ?? 0) + 1, self: cost });
  }
  return [...files.values()].sort(
    (a, b) => (b.self ?? 0) - (a.self ?? 0) || (a.file < b.file ? -1 : 1),
  );
}
