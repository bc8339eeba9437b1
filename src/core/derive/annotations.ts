import type { Unit } from '../model/profile';

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
}

/** What a profile says of one line. */
export interface AnnotatedLine {
  readonly line: number;
  readonly hits: number | undefined;
  readonly self: number | undefined;
  /** Cost of the line with what it called; a recursion counts once. */
  readonly time: number;
  /** Index into `AnnotatedFile.functions`. */
  readonly func: number;
}

export interface AnnotatedFile {
  readonly functions: readonly AnnotatedFunction[];
  /** Ascending by line. Empty where the profile has no line data. */
  readonly lines: readonly AnnotatedLine[];
}

/** All costs of a profile by source file. */
export interface Annotations {
  readonly format: string;
  readonly unit: Unit;
  readonly total: number;
  /** How lines were measured: timed one by one, sampled, or not at all. */
  readonly lineData: 'exact' | 'sampled' | 'none';
  /** By the file's path as the profile has it. */
  readonly files: ReadonlyMap<string, AnnotatedFile>;
}
