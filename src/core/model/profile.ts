import type { RequestFacts } from './request';
import type { RequestRecord } from './requestRecord';

/**
 * What a cost counts. `seconds` is wall or CPU time as the tool measured it; `samples` counts
 * stack samples; `events` counts anything else a tool can count (instructions, cache misses, hits).
 */
export type Unit = 'seconds' | 'samples' | 'bytes' | 'events';

/** Index into `Profile.functions`. */
export type FunctionIndex = number;

/** Index into `Stacks.frames`. */
export type FrameIndex = number;

/** Index into `Stacks.nodes`. */
export type NodeIndex = number;

/** A function as the profiler names it. What the file does not tell is `undefined`, never a guess. */
export interface Func {
  readonly name: string;
  /** The path as the profile writes it; `undefined` for built-ins and synthetic frames. */
  readonly file: string | undefined;
  /** 1-based line of the *definition* (its first decorator's, where it has one). */
  readonly line: number | undefined;
}

/** A function while one of its lines runs. */
export interface Frame {
  readonly func: FunctionIndex;
  /** 1-based *executing* line, or `undefined` where the format holds definition lines only. */
  readonly line: number | undefined;
}

/** What a deterministic profiler knows of one function; times in the profile's unit. */
export interface FunctionStats {
  /** All calls (`ncalls`); `undefined` where the tool samples. */
  readonly calls: number | undefined;
  /** Calls not made through recursion. */
  readonly primitiveCalls: number | undefined;
  /** Cost in the function itself (`tottime`). */
  readonly self: number;
  /** Cost in it and all it called (`cumtime`); only the outermost activation of a recursion counts. */
  readonly total: number;
  /**
   * Whether the file names it as a caller only: then its own cost is unknown and stands as 0, and
   * the total is what its callees took on its behalf.
   */
  readonly isCallerOnly?: boolean;
}

/** One caller->callee edge of a call graph. */
export interface CallEdge {
  readonly caller: FunctionIndex;
  readonly callee: FunctionIndex;
  readonly calls: number | undefined;
  readonly primitiveCalls: number | undefined;
  /** The callee's own cost when called from this caller; `undefined` where only calls are counted. */
  readonly self: number | undefined;
  /** The callee's inclusive cost when called from this caller; `undefined` as above. */
  readonly total: number | undefined;
}

/** Functions and who called whom: what pstats and callgrind hold. There are no stacks in it. */
export interface CallGraph {
  readonly kind: 'callGraph';
  /** Parallel to `Profile.functions`. */
  readonly stats: readonly FunctionStats[];
  readonly edges: readonly CallEdge[];
}

/** Stacks as a tree: node `i` is `frame[i]` called from node `parent[i]` (-1 for a root). A parent precedes its children. */
export interface StackNodes {
  readonly parent: Int32Array;
  readonly frame: Int32Array;
}

/**
 * One recorded sequence, usually a thread. In a `sampled` lane nodes are shared between samples;
 * in an `evented` lane every call is a node of its own, so that the nodes count the calls.
 */
export interface Lane {
  readonly name: string;
  readonly kind: 'sampled' | 'evented';
  readonly unit: Unit;
  /** Whether the samples stand in the order in which they happened. */
  readonly timeOrdered: boolean;
  /** Leaf node of each sample; -1 where nothing ran. */
  readonly samples: Int32Array;
  /** Cost of each sample in `unit`, parallel to `samples`. */
  readonly weights: Float64Array;
  /** How many samples each stands for, where several were summed up; 0 where that is unknown. */
  readonly counts?: Float64Array | undefined;
}

/** Real stacks: what samplers and tracers hold. */
export interface Stacks {
  readonly kind: 'stacks';
  readonly frames: readonly Frame[];
  readonly nodes: StackNodes;
  readonly lanes: readonly Lane[];
  /** The lane to show first. */
  readonly activeLane: number;
}

/** Line timings and nothing else: what line_profiler holds. The lines are in `Profile.lines`. */
export interface LineTimings {
  readonly kind: 'lineTimings';
}

/** Values over time and nothing else: what `mprof run` holds. */
export interface Timeline {
  readonly kind: 'timeline';
  readonly series: readonly Series[];
  readonly calls: readonly TimedCall[];
}

/** One thing that was measured again and again, such as the memory of one process. */
export interface Series {
  readonly name: string;
  /** Seconds since the epoch, ascending. */
  readonly times: Float64Array;
  /** In the profile's unit, parallel to `times`. */
  readonly values: Float64Array;
}

/** A call that the tool marked in a timeline. */
export interface TimedCall {
  readonly func: FunctionIndex;
  /** Seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** What was measured when it began and when it ended, in the profile's unit. */
  readonly valueAtStart: number;
  readonly valueAtEnd: number;
}

/** One of the things that a file measures. */
export interface Metric {
  /** As `ReadChoice.metric` names it; the format's own word, for example `Ir` or `alloc_space`. */
  readonly id: string;
  /** What people read, for example `Instructions (Ir)`. */
  readonly label: string;
  readonly unit: Unit;
}

/** Of a file that measures several things, what they are and which one a profile shows. */
export interface Metrics {
  readonly all: readonly Metric[];
  /** Id of one of them. */
  readonly shown: string;
}

/** From and until, in milliseconds since the epoch; both ends belong to it. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Of a file that can be read in part, the time it covers and the part of it that a profile shows. */
export interface RecordedPeriod {
  readonly recorded: Period;
  readonly shown: Period;
}

/** The cost of one line within one function, as a tool that follows lines measured it. */
export interface ExactLine {
  readonly func: FunctionIndex;
  /** May differ from the function's file where code was inlined. */
  readonly file: string;
  readonly line: number;
  /** Of a sampled line the number of samples with it. */
  readonly hits: number | undefined;
  /** Cost of the line itself; `undefined` where the tool counts only callees in (line_profiler). */
  readonly self: number | undefined;
  /** Cost of the line and all it called. */
  readonly total: number;
  /** What of the total passed while the line was suspended (an `await`), where the tool tells it. */
  readonly waiting?: number | undefined;
  /** Whether the tool measured a part only and concluded the rest from it. */
  readonly isEstimated?: boolean;
  /** Whether the tool sampled, and added the samples up by line. */
  readonly isSampled?: boolean;
}

/** The one profile every part of Hotline knows. Immutable once read. */
export interface Profile {
  /** Id of the format it was read from, as the registry names it (`pstats`, `callgrind`, ...). */
  readonly format: string;
  readonly unit: Unit;
  /** Sum of all self costs in `unit`; of the lanes in that unit for stacks; the peak of a timeline. */
  readonly total: number;
  readonly functions: readonly Func[];
  readonly data: CallGraph | Stacks | LineTimings | Timeline;
  /**
   * Line costs that were measured line by line, empty where the format has none. Those of files
   * that have none are derived from the executing lines of the stacks.
   */
  readonly lines: readonly ExactLine[];
  /** Absent where the file measures one thing. */
  readonly metrics?: Metrics | undefined;
  /** Absent where the file cannot be read in part. */
  readonly period?: RecordedPeriod | undefined;
  /** What the file's content (not its name) tells of the request. */
  readonly request: RequestFacts;
  /** What else was recorded of the request, by a profiler that knows web applications. */
  readonly record?: RequestRecord | undefined;
  /** Whole sentences on what is odd or missing in this file, for people. */
  readonly warnings: readonly string[];
}

/** What of a profile's file can be chosen to be shown, and what is. */
export type OfferedChoices = Pick<Profile, 'metrics' | 'period'>;
