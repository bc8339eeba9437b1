import type { FunctionIndex } from './profile';

/** What a profiler of web requests recorded besides stacks and lines. Times are seconds. */
export interface RequestRecord {
  /** Exact figures of functions, of those that were followed. */
  readonly functions: readonly FollowedFunction[];
  readonly queries: readonly Query[];
  readonly spans: readonly Span[];
  readonly templateLines: readonly TemplateLine[];
  readonly memoryLines: readonly MemoryLine[];
  /** SHA-256 (hexadecimal) of source files as they were when they ran, by path. */
  readonly sourceHashes: ReadonlyMap<string, string>;
}

/** A function whose calls were counted. */
export interface FollowedFunction {
  readonly func: FunctionIndex;
  readonly calls: number;
  readonly total: number;
  readonly isEstimated: boolean;
}

/** A place in the user's own code. */
export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** One statement that was sent to a database. */
export interface Query {
  readonly statement: string;
  readonly duration: number;
  /** Since the request's start. */
  readonly start: number;
  /** Rows returned or changed. */
  readonly rows: number | undefined;
  readonly database: string | undefined;
  readonly parameters: string | undefined;
  /** Parameter sets that it was run with, where it was run with many at once. */
  readonly many: number | undefined;
  /** The line that sent it. */
  readonly place: Place | undefined;
}

/** Anything else that was timed, such as a call of a cache. */
export interface Span {
  readonly kind: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  readonly place: Place | undefined;
}

/** What one line of a template cost. */
export interface TemplateLine extends Place {
  readonly hits: number;
  /** With what stands within its tag. */
  readonly total: number;
  readonly self: number | undefined;
  readonly isEstimated: boolean;
}

/** What one line did to the memory; bytes. */
export interface MemoryLine extends Place {
  /** What was in use after the line less what was before it, over all its executions. */
  readonly growth: number;
  readonly peak: number | undefined;
  /** `undefined` where the tool does not count them. */
  readonly allocations: number | undefined;
  /** Of a tool that looks at the whole process after each line (memory_profiler). */
  readonly process?: ProcessMemory | undefined;
}

/** What memory_profiler tells of a line; bytes. */
export interface ProcessMemory {
  /** The most that the process had in use after the line. */
  readonly inUse: number;
  /**
   * What was in use after the line less what was before it, over all its executions; of a function's
   * first line all that was in use, which is no growth.
   */
  readonly increment: number;
  readonly occurrences: number | undefined;
}
