import type { RequestRecord } from '../model/requestRecord';
import { byPlace } from './inspectedOrder';

/** A line of a template. */
export interface InspectedTemplateLine {
  readonly file: string;
  readonly line: number;
  readonly hits: number;
  readonly time: number;
  readonly self: number | null;
  readonly estimated?: true;
}

/** A query, with the line that sent it. */
export interface InspectedQuery {
  readonly statement: string;
  readonly duration: number;
  readonly start: number;
  readonly rows: number | null;
  readonly database: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** Anything else that was timed, such as a call of a cache, with the line that made it. */
export interface InspectedSpan {
  readonly kind: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  readonly file: string | null;
  readonly line: number | null;
}

/** What a line did to the memory, in bytes. */
export interface InspectedMemoryLine {
  readonly file: string;
  readonly line: number;
  readonly growth: number;
  readonly peak: number | null;
  readonly allocations: number | null;
  /** Of the whole process; absent where the tool looks at allocations. */
  readonly inUse?: number;
  readonly increment?: number;
  readonly occurrences?: number | null;
}

/** What was recorded of a request; absent is what the profile has nothing of. */
export interface InspectedRecord {
  /** In the order in which they were sent. */
  readonly queries?: readonly InspectedQuery[];
  /** In the order in which they began. */
  readonly spans?: readonly InspectedSpan[];
  /** Ascending by file, then by line. */
  readonly templates?: readonly InspectedTemplateLine[];
  /** Ascending by file, then by line. */
  readonly memory?: readonly InspectedMemoryLine[];
}

/** The parts of an inspection that the record of a request has something for. */
export function inspectRecord({
  queries,
  spans,
  templateLines,
  memoryLines,
}: RequestRecord): InspectedRecord {
  return {
    ...(queries.length > 0 && {
      queries: queries.map(({ statement, duration, start, rows, database, place }) => ({
        statement,
        duration,
        start,
        rows: rows ?? null,
        database: database ?? null,
        file: place?.file ?? null,
        line: place?.line ?? null,
      })),
    }),
    ...(spans.length > 0 && {
      spans: spans.map(({ place, ...span }) => ({
        ...span,
        file: place?.file ?? null,
        line: place?.line ?? null,
      })),
    }),
    ...(templateLines.length > 0 && {
      templates: templateLines
        .map(({ file, line, hits, total, self, isEstimated }) => ({
          file,
          line,
          hits,
          time: total,
          self: self ?? null,
          ...(isEstimated && { estimated: true as const }),
        }))
        .sort(byPlace),
    }),
    ...(memoryLines.length > 0 && {
      memory: memoryLines
        .map(({ file, line, growth, peak, allocations, process }) => ({
          file,
          line,
          growth,
          allocations: allocations ?? null,
          peak: peak ?? null,
          ...(process && { ...process, occurrences: process.occurrences ?? null }),
        }))
        .sort(byPlace),
    }),
  };
}
