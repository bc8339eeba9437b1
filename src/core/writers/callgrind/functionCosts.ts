import { stackEdges } from '../../derive/callGraph';
import { stackCosts } from '../../derive/stackCosts';
import type { ExactLine, FunctionIndex, Profile, Stacks } from '../../model/profile';
import { at } from '../../model/typedArrays';
import { edgesByCallee } from '../callEdges';
import type { ExportSource } from '../exportSource';
import { isClose } from '../losses';

/** The own cost of a function at one line. */
export interface SelfCost {
  /** `undefined` where it is the function's own. */
  readonly file: string | undefined;
  /** 0 where it is unknown. */
  readonly line: number;
  self: number;
  readonly hits: number | undefined;
}

/** What a function called at one line. */
export interface CallCost {
  /** The line in the caller, 0 where it is unknown. */
  readonly line: number;
  readonly callee: FunctionIndex;
  calls: number;
  total: number;
}

/** What callgrind tells of one function; costs in the profile's unit. */
export interface FunctionCosts {
  readonly lines: SelfCost[];
  readonly calls: CallCost[];
}

/** Costs and calls of all functions of a profile, parallel to its functions. */
export function functionCosts(source: ExportSource): FunctionCosts[] {
  const { profile } = source;
  return profile.data.kind === 'stacks'
    ? costsOfStacks(profile, profile.data)
    : costsOfGraph(source);
}

/** Costs stand at the lines that ran and calls at those that called, where the stacks know them. */
function costsOfStacks(profile: Profile, stacks: Stacks): FunctionCosts[] {
  const { parent, frame } = stacks.nodes;
  const costs = stackCosts(profile, stacks);
  const { outermost } = stackEdges(stacks);
  const collected = profile.functions.map(() => new CollectedCosts());
  const placeOf = (node: number): { func: number; line: number } => {
    const { func = -1, line } = stacks.frames[at(frame, node)] ?? {};
    return { func, line: line ?? profile.functions[func]?.line ?? 0 };
  };
  for (const [node, above] of parent.entries()) {
    const { func, line } = placeOf(node);
    collected[func]?.addSelf(line, at(costs.self, node));
    if (above < 0) continue;
    const caller = placeOf(above);
    const total = at(outermost, node) * at(costs.total, node);
    collected[caller.func]?.addCall(caller.line, func, at(costs.calls, node), total);
  }
  return collected;
}

class CollectedCosts implements FunctionCosts {
  readonly lines: SelfCost[] = [];
  readonly calls: CallCost[] = [];
  readonly #byLine = new Map<number, SelfCost>();
  readonly #byCall = new Map<number, Map<FunctionIndex, CallCost>>();

  addSelf(line: number, self: number): void {
    const known = this.#byLine.get(line);
    if (known) {
      known.self += self;
      return;
    }
    const cost = { file: undefined, line, self, hits: undefined };
    this.#byLine.set(line, cost);
    this.lines.push(cost);
  }

  addCall(line: number, callee: FunctionIndex, calls: number, total: number): void {
    let ofLine = this.#byCall.get(line);
    if (!ofLine) this.#byCall.set(line, (ofLine = new Map<number, CallCost>()));
    const known = ofLine.get(callee);
    if (known) {
      known.calls += calls;
      known.total += total;
      return;
    }
    const call = { line, callee, calls, total };
    ofLine.set(callee, call);
    this.calls.push(call);
  }
}

/** Costs stand at the lines that were measured, and what is left of them, with all calls, at the function's first. */
function costsOfGraph({ profile, graph }: ExportSource): FunctionCosts[] {
  const { functions, lines } = profile;
  const measured = functions.map((): ExactLine[] => []);
  for (const line of lines) measured[line.func]?.push(line);
  const costs = functions.map(({ file, line = 0 }, func) => ({
    lines: selfCosts(file, line, graph.stats[func]?.self ?? 0, measured[func] ?? []),
    calls: [] as CallCost[],
  }));
  for (const edge of edgesByCallee(graph).flat()) {
    const { caller, callee, calls = 0, total } = edge;
    costs[caller]?.calls.push({ line: functions[caller]?.line ?? 0, callee, calls, total });
  }
  return costs;
}

function selfCosts(
  ofFunction: string | undefined,
  firstLine: number,
  self: number,
  measured: readonly ExactLine[],
): SelfCost[] {
  const lines = measured.map(({ file, line, hits, self: own, total }) => ({
    file: file === ofFunction ? undefined : file,
    line,
    hits,
    self: own ?? total,
  }));
  const rest = self - lines.reduce((sum, line) => sum + line.self, 0);
  const isMeasured = lines.length > 0 && isClose(rest + self, self);
  if (isMeasured) return lines;
  const first = { file: undefined, line: firstLine, hits: undefined };
  return rest < 0 ? [{ ...first, self }] : [...lines, { ...first, self: rest }];
}
