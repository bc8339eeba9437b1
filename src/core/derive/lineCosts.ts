import type { ExactLine, Frame, Func, FunctionIndex, Profile, Stacks } from '../model/profile';
import { at } from '../model/typedArrays';
import { outermostNodes, stackCosts } from './stackCosts';

/** What one line of a file costs, in the profile's unit. */
export interface LineCost {
  /** How often it ran; of a sampled line the number of samples with it; `undefined` if unknown. */
  readonly hits: number | undefined;
  /** Cost of the line itself; `undefined` where the tool counts callees in (line_profiler). */
  readonly self: number | undefined;
  /** Cost of the line with what it called; in samples a recursion counts once. */
  readonly time: number;
  /**
   * The function the line is in, the outermost definition where several share the line;
   * `undefined` where it is in none, as in a template.
   */
  readonly func: FunctionIndex | undefined;
  readonly measured: Measurement;
  /** What of the time the line was suspended, where that is known. */
  readonly waiting: number | undefined;
}

/**
 * Where the cost of a line is from: every hit was timed; some were, and the rest concluded; or the
 * samples that were taken at the line.
 */
export type Measurement = 'exact' | 'estimated' | 'sampled';

/** By file (as the profile writes it), then by 1-based line. */
export type LineCosts = ReadonlyMap<string, ReadonlyMap<number, LineCost>>;

/** How a profile's lines were measured: one by one (at least in some files), sampled, or not at all. */
export type LineData = 'exact' | 'sampled' | 'none';

/** Which line costs a profile has. */
export function lineDataOf({ data, lines }: Profile): LineData {
  if (hasMeasuredLines(lines) || data.kind === 'lineTimings') return 'exact';
  const hasExecutingLines = data.kind === 'stacks' && data.frames.some(hasLine);
  return lines.length > 0 || hasExecutingLines ? 'sampled' : 'none';
}

/** Whether any line was measured as such. */
export function hasMeasuredLines(lines: readonly ExactLine[]): boolean {
  return lines.some(({ isSampled = false }) => !isSampled);
}

function hasLine({ line }: Frame): boolean {
  return line !== undefined;
}

/**
 * What each line costs: as measured in files that have measured lines, else from the executing lines
 * of the stacks, if those have any. Lines of functions without a file are left out.
 */
export function lineCosts(profile: Profile): LineCosts {
  const measured = new Collected(profile.functions);
  for (const line of profile.lines) measured.add(line.file, line.line, measuredCost(line));
  if (profile.data.kind !== 'stacks') return measured.files;
  const sampled = new Collected(profile.functions);
  addSampledLines(profile, profile.data, sampled);
  return new Map([...sampled.files, ...measured.files]);
}

function measuredCost(line: ExactLine): LineCost {
  const { func, hits, self, total, waiting } = line;
  return { func, hits, self, time: total, measured: measurementOf(line), waiting };
}

/** Where the cost of a line that a tool told is from. */
export function measurementOf({ isEstimated = false, isSampled = false }: ExactLine): Measurement {
  if (isSampled) return 'sampled';
  return isEstimated ? 'estimated' : 'exact';
}

function addSampledLines(profile: Profile, stacks: Stacks, collected: Collected): void {
  const { parent, frame } = stacks.nodes;
  const costs = stackCosts(profile, stacks);
  const lineOfFrame = numberLines(profile, stacks);
  const outermost = outermostNodes(
    parent,
    frame.map((index) => at(lineOfFrame, index)),
  );
  for (const [node, frameIndex] of frame.entries()) {
    const { func, line } = stacks.frames[frameIndex] ?? {};
    const file = func === undefined ? undefined : profile.functions[func]?.file;
    if (func === undefined || line === undefined || file === undefined) continue;
    const isOutermost = at(outermost, node) === 1;
    collected.add(file, line, {
      func,
      hits: isOutermost ? at(costs.samples, node) || undefined : undefined,
      self: at(costs.self, node),
      time: isOutermost ? at(costs.total, node) : 0,
      measured: 'sampled',
      waiting: undefined,
    });
  }
}

/** Gives each frame a number, the same to frames on the same line of the same file; -1 without a line. */
function numberLines(profile: Profile, { frames }: Stacks): Int32Array {
  const numbers = new Map<string, Map<number, number>>();
  let count = 0;
  return Int32Array.from(frames, ({ func, line }) => {
    const file = profile.functions[func]?.file;
    if (line === undefined || file === undefined) return -1;
    let ofFile = numbers.get(file);
    if (!ofFile) numbers.set(file, (ofFile = new Map<number, number>()));
    let number = ofFile.get(line);
    if (number === undefined) ofFile.set(line, (number = count++));
    return number;
  });
}

/** Adds up costs per file and line. */
class Collected {
  readonly files = new Map<string, Map<number, LineCost>>();

  constructor(readonly functions: readonly Func[]) {}

  add(file: string, line: number, cost: LineCost): void {
    let lines = this.files.get(file);
    if (!lines) this.files.set(file, (lines = new Map<number, LineCost>()));
    const before = lines.get(line);
    lines.set(line, before ? this.#sum(before, cost) : cost);
  }

  #sum(a: LineCost, b: LineCost): LineCost {
    return {
      hits: plus(a.hits, b.hits),
      self: plus(a.self, b.self),
      time: a.time + b.time,
      measured: a.measured === 'exact' ? b.measured : a.measured,
      waiting: plus(a.waiting, b.waiting),
      func: this.#definedFirst(a.func, b.func),
    };
  }

  /** Of a function and a lambda or comprehension within it, the function: it is defined further up. */
  #definedFirst(
    a: FunctionIndex | undefined,
    b: FunctionIndex | undefined,
  ): FunctionIndex | undefined {
    if (a === undefined || b === undefined) return a ?? b;
    const lineOfA = this.functions[a]?.line ?? Infinity;
    const lineOfB = this.functions[b]?.line ?? Infinity;
    if (lineOfA === lineOfB) return Math.min(a, b);
    return lineOfA < lineOfB ? a : b;
  }
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : a + (b ?? 0);
}
