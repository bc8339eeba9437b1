import type {
  AnnotatedFile,
  AnnotatedFunction,
  Annotations,
  LineQueries,
  LineSpans,
} from '../../core/derive/annotations';
import { changeOf } from '../../core/derive/comparison/delta';
import type { LineDelta } from '../../core/derive/comparison/lineDeltas';
import type { Measurement } from '../../core/derive/lineCosts';
import type { ProcessMemory } from '../../core/model/requestRecord';

/** What a profile measured at one line of a file, costs in the profile's unit. */
export interface Measured {
  /** 1-based line as the profile has it. */
  readonly line: number;
  readonly func: AnnotatedFunction | undefined;
  /** Whether the line stands for its function: these are the function's costs, not the line's. */
  readonly isFunction: boolean;
  /** Times that the line was run or seen; calls where the line stands for its function. */
  readonly hits: number | undefined;
  /** Calls not made through recursion, where the line stands for its function. */
  readonly primitiveCalls: number | undefined;
  readonly self: number | undefined;
  /** With all that was called; where two sides are compared, by how much it changed either way. */
  readonly cost: number;
  readonly measured: Measurement;
  /** What of the cost the line was suspended, where that is known. */
  readonly waiting?: number | undefined;
  /** The most bytes that it held, where memory was measured. */
  readonly peak?: number | undefined;
  /** What the whole process had in use, where memory_profiler measured it. */
  readonly process?: ProcessMemory | undefined;
  /** How it changed, where two sides are compared. */
  readonly delta?: LineDelta;
  /** What it asked of databases. */
  readonly queries?: LineQueries | undefined;
  /** What else of it was timed, an entry a kind. */
  readonly spans?: readonly LineSpans[];
}

/** What stands beside a file's lines, ascending: its lines' costs, or its functions' where there are none. */
export function measuredLines(file: AnnotatedFile, lineData: Annotations['lineData']): Measured[] {
  if (file.deltas) return file.deltas.flatMap((delta) => changedLine(file, delta));
  return lineData === 'none' ? functionsByLine(file) : linesOf(file);
}

function changedLine(file: AnnotatedFile, delta: LineDelta): Measured[] {
  const { line, func, isFunction, hits, self, time } = delta;
  if (line === undefined) return [];
  return [
    {
      line,
      func: file.functions[func],
      isFunction,
      hits: hits.after,
      primitiveCalls: undefined,
      self: self.after,
      cost: Math.abs(changeOf(time) ?? 0),
      measured: 'exact',
      delta,
    },
  ];
}

function linesOf(file: AnnotatedFile): Measured[] {
  const queries = new Map(file.queries?.map((each) => [each.line, each]));
  const spans = new Map<number, LineSpans[]>();
  for (const each of file.spans ?? []) {
    spans.set(each.line, [...(spans.get(each.line) ?? []), each]);
  }
  return file.lines.map(({ line, func, hits, self, time, measured, waiting, peak, process }) => ({
    line,
    func: file.functions[func],
    isFunction: false,
    hits,
    primitiveCalls: undefined,
    self,
    cost: time,
    measured,
    waiting,
    peak,
    process,
    queries: queries.get(line),
    spans: spans.get(line) ?? [],
  }));
}

/** One row a definition line; of several functions defined on one line, the costliest. */
function functionsByLine(file: AnnotatedFile): Measured[] {
  const byLine = new Map<number, Measured>();
  for (const func of file.functions) {
    if (func.line === undefined || func.line < 1) continue;
    if ((byLine.get(func.line)?.cost ?? -Infinity) >= func.total) continue;
    const { line, calls, primitiveCalls, self, total } = func;
    byLine.set(line, {
      line,
      func,
      isFunction: true,
      hits: calls,
      primitiveCalls,
      self,
      cost: total,
      measured: 'exact',
    });
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}
