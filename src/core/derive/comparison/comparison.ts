import type { Unit } from '../../model/profile';
import type { RequestFacts } from '../../model/request';
import type { LineData, Measurement } from '../lineCosts';
import type { Delta } from './delta';

/**
 * Two sides of profiles, before and after a change, each number a mean of the requests of its side,
 * so that sides of different size compare. Functions are the same on both sides wherever they stand
 * now; what only one side has is new or gone.
 */
export interface Comparison {
  /** Of all costs but those of lines, which is `lines.unit`. */
  readonly unit: Unit;
  /** What the costs are of, where the files measure several things: `Instructions (Ir)`. */
  readonly metric: string | undefined;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly verdict: Verdict;
  /** The greatest change of self cost first. */
  readonly functions: readonly FunctionDelta[];
  /** `undefined` where a side has no calls: line timings, values over time. */
  readonly tree: DifferentialTree | undefined;
  readonly lines: ComparedLines;
  /** Whole sentences on what makes the sides hard to compare, for people. */
  readonly notes: readonly string[];
}

/** One side of a comparison; costs in the comparison's unit. */
export interface ComparedSide {
  readonly name: string;
  /** Id of the format that its profiles were read from. */
  readonly format: string;
  /** How many requests it is the mean of. */
  readonly requests: number;
  /** Mean cost of a request. */
  readonly mean: number;
  readonly median: number;
  /** Of the requests, estimated from them as a sample; `undefined` of one request. */
  readonly standardDeviation: number | undefined;
  /** Facts that all its requests share. */
  readonly request: RequestFacts;
}

/** Where a function is defined on one side. */
export interface FunctionPlace {
  /** The path as the profile writes it; `undefined` of a built-in. */
  readonly file: string | undefined;
  /** 1-based line of the definition; `undefined` where the profile does not tell it. */
  readonly line: number | undefined;
}

/** A function on both sides. */
export interface FunctionDelta {
  readonly name: string;
  /** `undefined` where it is new. */
  readonly before: FunctionPlace | undefined;
  /** `undefined` where it is gone. */
  readonly after: FunctionPlace | undefined;
  readonly calls: Delta;
  readonly self: Delta;
  /** With all it called; a recursion counts once. */
  readonly total: Delta;
  /**
   * Whether its change (of self cost, else of the total) exceeds what requests of one side differ by;
   * `undefined` where a side has too few of them to tell.
   */
  readonly isBeyondSpread: boolean | undefined;
}

/**
 * The call trees of both sides laid over one another, as parallel arrays. A parent precedes its
 * children; costs are 0 where a side does not have the node.
 */
export interface DifferentialTree {
  /** Index of the parent node, -1 for a root. */
  readonly parent: Int32Array;
  /** Index into `Comparison.functions`, -1 for branches that were cut off. */
  readonly func: Int32Array;
  /** `APPORTIONED` and `CUT_OFF`, of either side. */
  readonly flags: Uint8Array;
  readonly before: TreeCosts;
  readonly after: TreeCosts;
}

/** Costs of one side, parallel to the nodes of a tree. */
export interface TreeCosts {
  readonly self: Float64Array;
  /** Of the node and all below it. */
  readonly total: Float64Array;
}

/** What there is of lines on both sides. */
export interface ComparedLines {
  readonly unit: Unit;
  readonly data: LineData | 'memory';
  /** Files that are one on both sides, or are on one side only. */
  readonly files: readonly ComparedFile[];
}

/** A source file on both sides; `lineDeltas` makes changes of it. */
export interface ComparedFile {
  readonly before: FileSide | undefined;
  readonly after: FileSide | undefined;
  /** Indexes into `Comparison.functions` of those defined in it. */
  readonly functions: Int32Array;
}

/** A source file as one side has it. */
export interface FileSide {
  /** As the profile writes it. */
  readonly path: string;
  /** SHA-256 of the file as it ran, in hexadecimal; `undefined` where no profile tells it, or not the same. */
  readonly sha256: string | undefined;
  /** Ascending by line. */
  readonly lines: readonly LineMean[];
}

/** What one line cost a request of its side. */
export interface LineMean {
  /** 1-based. */
  readonly line: number;
  /** Index into `Comparison.functions`; -1 for a line of no function, as in a template. */
  readonly func: number;
  readonly hits: number | undefined;
  readonly self: number | undefined;
  /** With what it called; of memory the growth. */
  readonly time: number;
  readonly measured: Measurement;
}

/** What became of a request's cost, in words that hold what is known and no more. */
export interface Verdict {
  /** `none` where both sides cost exactly the same. */
  readonly change: 'more' | 'less' | 'none';
  /** Whether it exceeds the spread of the requests; `undefined` where a side has only one. */
  readonly isBeyondSpread: boolean | undefined;
  /** Probability of so great a difference of means where nothing changed; `undefined` as above. */
  readonly pValue: number | undefined;
  /** One to three sentences: how much, whether that is beyond the spread, and where most of it is. */
  readonly text: string;
}
