import type { Func, FunctionIndex, Profile } from '../../model/profile';
import type { FunctionDelta } from './comparison';
import { changeOf, type Delta } from './delta';
import type { FunctionCosts, SideCosts } from './functionCosts';
import type { FunctionPair } from './matchFunctions';
import type { Distribution } from './moments';
import type { CollectedSide } from './sideCollector';
import { exceedChance, welchTest } from './significance';

/** A function of both sides, before it is known how many others changed by chance. */
interface Compared {
  readonly pair: FunctionPair;
  readonly delta: Omit<FunctionDelta, 'isBeyondSpread'>;
  readonly pValue: number | undefined;
}

/** The functions of both sides, and which of them each function of a side is. */
export interface NumberedFunctions {
  /** The greatest change of self cost first, then of total cost. */
  readonly functions: readonly FunctionDelta[];
  /** Parallel to the functions of the side's costs. */
  readonly ofBefore: Int32Array;
  readonly ofAfter: Int32Array;
}

/** Compares the functions of two sides, pair by pair. */
export function functionDeltas(
  before: CollectedSide,
  after: CollectedSide,
  pairs: readonly FunctionPair[],
): NumberedFunctions {
  const compared = pairs.map((pair) => comparedPair(before, after, pair)).sort(mostChangedFirst);
  const beyond = exceedChance(compared.map(({ pValue }) => pValue));
  const ofBefore = new Int32Array(before.costs.functions.length).fill(-1);
  const ofAfter = new Int32Array(after.costs.functions.length).fill(-1);
  for (const [index, { pair }] of compared.entries()) {
    if (pair.before !== undefined) ofBefore[pair.before] = index;
    if (pair.after !== undefined) ofAfter[pair.after] = index;
  }
  return {
    functions: compared.map(({ delta }, index) => ({ ...delta, isBeyondSpread: beyond[index] })),
    ofBefore,
    ofAfter,
  };
}

function comparedPair(before: CollectedSide, after: CollectedSide, pair: FunctionPair): Compared {
  const known = pair.before === undefined ? undefined : before.costs.of(pair.before);
  const other = pair.after === undefined ? undefined : after.costs.of(pair.after);
  const one = known ?? absentIn(before, other);
  const two = other ?? absentIn(after, known);
  const funcBefore = functionOf(before.costs, pair.before);
  const funcAfter = functionOf(after.costs, pair.after);
  return {
    pair,
    delta: {
      name: (funcAfter ?? funcBefore)?.name ?? '',
      before: funcBefore && { file: funcBefore.file, line: funcBefore.line },
      after: funcAfter && { file: funcAfter.file, line: funcAfter.line },
      calls: { before: one?.calls, after: two?.calls },
      self: { before: one?.self?.mean, after: two?.self?.mean },
      total: { before: one?.total.mean, after: two?.total.mean },
    },
    pValue: one && two && pValueOf(one, two),
  };
}

/**
 * What a function cost on a side where it does not occur: nothing of what the other side knows, where
 * all functions that ran are there; else `undefined`, as tools that follow chosen functions do not tell.
 */
function absentIn(
  { profile, totals }: CollectedSide,
  other: SideCosts | undefined,
): SideCosts | undefined {
  if (!other || !namesAllFunctions(profile)) return undefined;
  const nothing: Distribution = { requests: totals.length, mean: 0, variance: 0 };
  return {
    calls: other.calls === undefined ? undefined : 0,
    self: other.self && nothing,
    total: nothing,
  };
}

/** Whether a function that is not in the profile cost nothing as far as the tool could tell. */
function namesAllFunctions({ data }: Profile): boolean {
  return data.kind === 'callGraph' || data.kind === 'stacks';
}

function pValueOf(before: SideCosts | undefined, after: SideCosts | undefined): number | undefined {
  if (!before || !after) return undefined;
  const isSelfKnown = before.self !== undefined && after.self !== undefined;
  return isSelfKnown ? welchTest(before.self, after.self) : welchTest(before.total, after.total);
}

function functionOf(
  { functions }: FunctionCosts,
  index: FunctionIndex | undefined,
): Func | undefined {
  return index === undefined ? undefined : functions[index];
}

function mostChangedFirst(a: Compared, b: Compared): number {
  const size = (delta: Delta): number => Math.abs(changeOf(delta) ?? 0);
  return (
    size(b.delta.self) - size(a.delta.self) ||
    size(b.delta.total) - size(a.delta.total) ||
    (b.delta.self.after ?? 0) - (a.delta.self.after ?? 0)
  );
}
