import type { Metrics, Period, Profile, RecordedPeriod, Unit } from '../model/profile';
import type { RequestFacts } from '../model/request';
import { functionTable } from './functionTable';
import { byPlace, compareText } from './inspectedOrder';
import { inspectRecord, type InspectedRecord } from './inspectedRecord';
import { hasMeasuredLines, lineCosts } from './lineCosts';

/** What is known of the request; what is unknown is absent. */
export interface InspectedRequest extends Omit<RequestFacts, 'startedMs' | 'endedMs'> {
  /** ISO 8601 in UTC. */
  readonly started?: string;
}

export interface InspectedFunction {
  readonly name: string;
  readonly file: string | null;
  /** Definition line. */
  readonly line: number | null;
  readonly calls: number | null;
  readonly primitiveCalls: number | null;
  readonly self: number | null;
  readonly total: number;
}

export interface InspectedLine {
  readonly file: string;
  readonly line: number;
  readonly hits: number | null;
  readonly time: number;
  readonly perHit: number | null;
  /** Whether hits and time were measured in part and the rest concluded; absent where not. */
  readonly estimated?: true;
  /** What of the time the line was suspended; absent where unknown. */
  readonly waiting?: number;
}

/** From and until, ISO 8601 in UTC. */
export interface InspectedPeriod {
  readonly from: string;
  readonly until: string;
}

/** What a file covers, and which part of it is inspected. */
export interface InspectedRecordedPeriod {
  readonly recorded: InspectedPeriod;
  readonly shown: InspectedPeriod;
}

/** What `npm run inspect` prints: costs in `unit`, `null` for what the profile does not tell. */
export interface Inspection extends InspectedRecord {
  readonly format: string;
  readonly unit: Unit;
  readonly total: number;
  /** What the file measures, and what of it is inspected; absent where it is one thing. */
  readonly metrics?: Metrics;
  /** Absent where the file cannot be read in part. */
  readonly period?: InspectedRecordedPeriod;
  readonly request: InspectedRequest;
  /** Descending by self, then by total, then by name. */
  readonly functions: readonly InspectedFunction[];
  /** Ascending by file, then by line. */
  readonly lines: readonly InspectedLine[];
  readonly warnings: readonly string[];
}

/** Describes a profile and, by the facts given, its request. */
export function inspectProfile(profile: Profile, request: RequestFacts): Inspection {
  return {
    format: profile.format,
    unit: profile.unit,
    total: profile.total,
    ...(profile.metrics && { metrics: profile.metrics }),
    ...(profile.period && { period: inspectPeriod(profile.period) }),
    request: inspectRequest(request),
    functions: inspectFunctions(profile),
    lines: inspectLines(profile),
    ...(profile.record && inspectRecord(profile.record)),
    warnings: profile.warnings,
  };
}

function inspectPeriod({ recorded, shown }: RecordedPeriod): InspectedRecordedPeriod {
  const inspect = ({ fromMs, untilMs }: Period): InspectedPeriod => ({
    from: new Date(fromMs).toISOString(),
    until: new Date(untilMs).toISOString(),
  });
  return { recorded: inspect(recorded), shown: inspect(shown) };
}

/** The start follows from end and duration where only those are known, as in most file names. */
function inspectRequest(facts: RequestFacts): InspectedRequest {
  const { startedMs, endedMs, ...rest } = facts;
  const known = startedMs ?? (endedMs ?? NaN) - (facts.durationMs ?? NaN);
  const started = new Date(known);
  return {
    ...rest,
    ...(Number.isNaN(started.getTime()) ? {} : { started: started.toISOString() }),
  };
}

function inspectFunctions(profile: Profile): InspectedFunction[] {
  return functionTable(profile)
    .rows.map((row) => ({ row, func: profile.functions[row.func] }))
    .map(({ row, func }) => ({
      name: func?.name ?? '',
      file: func?.file ?? null,
      line: func?.line ?? null,
      calls: row.calls ?? null,
      primitiveCalls: row.primitiveCalls ?? null,
      self: row.self ?? null,
      total: row.total,
    }))
    .sort(costliestFirst);
}

function costliestFirst(a: InspectedFunction, b: InspectedFunction): number {
  return (
    (b.self ?? 0) - (a.self ?? 0) ||
    b.total - a.total ||
    compareText(a.name, b.name) ||
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0)
  );
}

function inspectLines(profile: Profile): InspectedLine[] {
  const isMeasured = hasMeasuredLines(profile.lines);
  const lines: InspectedLine[] = [];
  for (const [file, costs] of lineCosts(profile)) {
    for (const [line, { hits: counted, time, measured, waiting }] of costs) {
      // Where hits were counted, a number of samples would pass for one of hits.
      const hits = isMeasured && measured === 'sampled' ? undefined : counted;
      lines.push({
        file,
        line,
        hits: hits ?? null,
        time,
        perHit: hits ? time / hits : null,
        ...(measured === 'estimated' && { estimated: true as const }),
        ...(waiting !== undefined && { waiting }),
      });
    }
  }
  return lines.sort(byPlace);
}
