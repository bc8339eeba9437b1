import { carryLines } from '../lineDiff';
import { AbsentLines } from './absentLines';
import type { ComparedFile, Comparison, FunctionDelta, LineMean } from './comparison';
import type { Delta } from './delta';

/** A line on both sides. */
export interface LineDelta {
  /** 1-based line on the side after; `undefined` where it is gone. */
  readonly line: number | undefined;
  /** 1-based line on the side before; `undefined` where it is new, or cost nothing there. */
  readonly lineBefore: number | undefined;
  /** Index into `Comparison.functions`; -1 for a line of no function, as in a template. */
  readonly func: number;
  /** Whether the line stands for its function, as there are no costs of lines. */
  readonly isFunction: boolean;
  /** Calls, where the line stands for its function. */
  readonly hits: Delta;
  readonly self: Delta;
  /** With what it called; of memory the growth. */
  readonly time: Delta;
}

/** A file's text on each side, in lines. */
export interface FileTexts {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * What became of a file's lines, ascending by their line on the side after; those that are gone
 * come last. Where there are no costs of lines, its functions stand at the lines that define them.
 *
 * @param texts of both sides, to find out which line is which by their difference; without them a
 *   line moved as its function did
 */
export function lineDeltas(
  { functions, lines: { data } }: Comparison,
  file: ComparedFile,
  texts?: FileTexts,
): LineDelta[] {
  const deltas =
    data === 'none' ? definitions(functions, file) : pairedLines(functions, file, texts);
  return deltas.sort(
    (a, b) =>
      (a.line ?? Infinity) - (b.line ?? Infinity) || (a.lineBefore ?? 0) - (b.lineBefore ?? 0),
  );
}

/** One delta a line; of several functions defined on one line, the costliest. */
function definitions(functions: readonly FunctionDelta[], file: ComparedFile): LineDelta[] {
  const costOf = ({ time }: LineDelta): number => Math.max(time.before ?? 0, time.after ?? 0);
  const byLine = new Map<string, LineDelta>();
  for (const func of file.functions) {
    const own = functions[func];
    const [line, lineBefore] = [own?.after?.line, own?.before?.line];
    if (!own || (line ?? lineBefore) === undefined) continue;
    const { calls: hits, self, total: time } = own;
    const delta = { line, lineBefore, func, isFunction: true, hits, self, time };
    const key = line === undefined ? `gone ${lineBefore}` : String(line);
    const known = byLine.get(key);
    if (!known || costOf(known) < costOf(delta)) byLine.set(key, delta);
  }
  return [...byLine.values()];
}

function pairedLines(
  functions: readonly FunctionDelta[],
  file: ComparedFile,
  texts: FileTexts | undefined,
): LineDelta[] {
  const afterByLine = new Map((file.after?.lines ?? []).map((mean) => [mean.line, mean]));
  const carry = texts ? byText(texts) : byFunction(functions, afterByLine);
  const absent = new AbsentLines(functions, file);
  const deltas: LineDelta[] = [];
  const taken = new Set<number>();
  for (const before of file.before?.lines ?? []) {
    const carried = carry(before);
    const line = carried === undefined || taken.has(carried) ? undefined : carried;
    const after = line === undefined ? undefined : afterByLine.get(line);
    if (line !== undefined) taken.add(line);
    deltas.push(deltaOf(line, before.line, before, after ?? absent.on('after', before)));
  }
  for (const after of afterByLine.values()) {
    if (taken.has(after.line)) continue;
    deltas.push(deltaOf(after.line, undefined, absent.on('before', after), after));
  }
  return deltas;
}

function deltaOf(
  line: number | undefined,
  lineBefore: number | undefined,
  before: LineMean | undefined,
  after: LineMean | undefined,
): LineDelta {
  // Samples that hit a line are not comparable with the times that it ran.
  const isCountedAlike =
    (before?.measured === 'sampled') === (after?.measured === 'sampled') || !before || !after;
  return {
    line,
    lineBefore,
    func: after?.func ?? before?.func ?? -1,
    isFunction: false,
    hits: isCountedAlike
      ? { before: before?.hits, after: after?.hits }
      : { before: undefined, after: undefined },
    self: { before: before?.self, after: after?.self },
    time: { before: before?.time, after: after?.time },
  };
}

/** Where lines are by the difference of the texts. */
function byText({ before, after }: FileTexts): (line: LineMean) => number | undefined {
  const carried = carryLines(before, after);
  return ({ line }) => {
    const place = carried[line - 1];
    return place && place.line + 1;
  };
}

/**
 * Where lines are when they moved as their function did; those of no function stayed. What would
 * come to stand in another function is gone: its own function has become shorter.
 */
function byFunction(
  functions: readonly FunctionDelta[],
  afterByLine: ReadonlyMap<number, LineMean>,
): (line: LineMean) => number | undefined {
  return ({ line, func }) => {
    const own = functions[func];
    if (own && !own.after) return undefined;
    const from = own?.before?.line;
    const to = own?.after?.line;
    const moved = from === undefined || to === undefined ? line : line + to - from;
    return (afterByLine.get(moved)?.func ?? func) === func ? moved : undefined;
  };
}
