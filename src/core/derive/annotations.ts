import type { Unit } from '../model/profile';
import type { ProcessMemory } from '../model/requestRecord';
import type { FunctionDelta } from './comparison/comparison';
import type { LineDelta } from './comparison/lineDeltas';
import type { LineData, Measurement } from './lineCosts';

/** A function that called another one. */
export interface CallerCost {
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly calls: number | undefined;
  /** Inclusive cost of the callee when called from here. */
  readonly total: number | undefined;
}

/** What a profile says of a whole function, for its definition line. */
export interface AnnotatedFunction {
  readonly name: string;
  /** Definition line; `undefined` where the profile holds executing lines only. */
  readonly line: number | undefined;
  readonly calls: number | undefined;
  readonly primitiveCalls: number | undefined;
  readonly self: number | undefined;
  readonly total: number;
  /** The costliest callers, at most ten. */
  readonly callers: readonly CallerCost[];
  /** How it changed, where two sides are compared. */
  readonly delta?: FunctionDelta;
}

/** What a profile says of one line. */
export interface AnnotatedLine {
  readonly line: number;
  readonly hits: number | undefined;
  readonly self: number | undefined;
  /** Cost of the line with what it called; a recursion counts once. */
  readonly time: number;
  /** Index into `AnnotatedFile.functions`; -1 for a line of no function, as in a template. */
  readonly func: number;
  readonly measured: Measurement;
  /** What of the time the line was suspended, where that is known. */
  readonly waiting?: number | undefined;
  /** The most bytes that it held, where memory was measured. */
  readonly peak?: number | undefined;
  /** What the whole process had in use, where memory_profiler measured it. */
  readonly process?: ProcessMemory | undefined;
}

/** What one line asked of databases; times in seconds. */
export interface LineQueries {
  readonly line: number;
  readonly count: number;
  readonly time: number;
  /** Each different one, the costliest first. */
  readonly statements: readonly StatementCost[];
}

/** A statement that a line sent, as often as it did. */
export interface StatementCost {
  readonly statement: string;
  readonly count: number;
  readonly time: number;
  /** Rows returned or changed, all together; `undefined` where the driver did not tell. */
  readonly rows: number | undefined;
}

/** What else one line did that was timed, by its kind: `cache`. */
export interface LineSpans {
  readonly line: number;
  readonly kind: string;
  readonly count: number;
  readonly time: number;
  /** Each different one, the costliest first. */
  readonly calls: readonly SpanCost[];
}

/** A timed call that a line made, as often as it did. */
export interface SpanCost {
  readonly name: string;
  readonly count: number;
  readonly time: number;
}

/** A line of the hot path. */
export interface HotPathLine {
  readonly line: number;
  /** Whether it is where the function is defined, as its executing line is not known. */
  readonly isDefinition: boolean;
  /** Cost on this path, with all that was called. */
  readonly total: number;
  /** Its place on the path, from 1, and how long the path is. */
  readonly step: number;
  readonly steps: number;
}

export interface AnnotatedFile {
  readonly functions: readonly AnnotatedFunction[];
  /** Ascending by line. Empty where the profile has no line data. */
  readonly lines: readonly AnnotatedLine[];
  /** Of the lines that sent queries, all of which are among `lines` too. */
  readonly queries?: readonly LineQueries[];
  readonly spans?: readonly LineSpans[];
  /** Lines of the file that the hot path leads over, each once, from its beginning to its end. */
  readonly hotPath?: readonly HotPathLine[];
  /**
   * How lines, or functions at the lines that define them, changed, where two sides are compared:
   * ascending by the line after. `func` is an index into `functions` here.
   */
  readonly deltas?: readonly LineDelta[];
  /** SHA-256 of the file as it ran, in hexadecimal. */
  readonly sha256?: string | undefined;
}

/** All costs of a profile by source file. */
export interface Annotations {
  readonly format: string;
  readonly unit: Unit;
  readonly total: number;
  /** What the costs are of, where the file measures several things: `Instructions (Ir)`. */
  readonly metric?: string | undefined;
  /**
   * What there is of lines: times that were measured line by line (of files that have none the
   * sampled ones), sampled times only, memory, or nothing.
   */
  readonly lineData: LineData | 'memory';
  /** Whether two sides are compared: the costs are those of the side after. */
  readonly isComparison?: boolean;
  /** By the file's path as the profile has it. */
  readonly files: ReadonlyMap<string, AnnotatedFile>;
}
