import assert from 'node:assert/strict';
import type { Profile, Stacks } from '../../../../src/core/model/profile';

/** A frame with all that is known of it, `undefined` for what is not. */
export interface SampledFrame {
  readonly name: string;
  readonly file: string | undefined;
  /** Of the definition. */
  readonly firstLine: number | undefined;
  /** The executing one. */
  readonly line: number | undefined;
}

export interface Sample {
  /** From the root; empty where nothing ran. */
  readonly stack: readonly SampledFrame[];
  readonly weight: number;
}

export function stacksOf({ data }: Profile): Stacks {
  assert.ok(data.kind === 'stacks');
  return data;
}

/** The samples of a lane, or of all of them. */
export function stackSamples(profile: Profile, lane?: number): Sample[] {
  const stacks = stacksOf(profile);
  const lanes = lane === undefined ? stacks.lanes : stacks.lanes.slice(lane, lane + 1);
  return lanes.flatMap(({ samples, weights }) =>
    [...samples].map((leaf, index) => ({
      stack: stackOf(profile, stacks, leaf),
      weight: weights[index] ?? NaN,
    })),
  );
}

function stackOf({ functions }: Profile, { nodes, frames }: Stacks, leaf: number): SampledFrame[] {
  const stack: SampledFrame[] = [];
  for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1) {
    const frame = frames[nodes.frame[node] ?? -1];
    const func = functions[frame?.func ?? -1];
    assert.ok(frame && func);
    stack.unshift({ name: func.name, file: func.file, firstLine: func.line, line: frame.line });
  }
  return stack;
}

/** Samples as `names with blanks between: weight`, for those that are easy to read. */
export function namedSamples(profile: Profile, lane?: number): [names: string, weight: number][] {
  return stackSamples(profile, lane).map(({ stack, weight }) => [
    stack.map(({ name }) => name).join(' '),
    weight,
  ]);
}

/** What each of some keys costs: itself, and in all samples with it, a recursion once. */
export interface Costs {
  readonly self: Map<string, number>;
  readonly total: Map<string, number>;
}

/** Adds samples up by whatever a frame is told by. */
export function costsBy<Frame>(
  samples: Iterable<{ readonly stack: readonly Frame[]; readonly weight: number }>,
  key: (frame: Frame) => string,
): Costs {
  const costs: Costs = { self: new Map(), total: new Map() };
  const add = (sums: Map<string, number>, name: string, weight: number): void => {
    sums.set(name, (sums.get(name) ?? 0) + weight);
  };
  for (const { stack, weight } of samples) {
    const keys = stack.map(key);
    for (const name of new Set(keys)) add(costs.total, name, weight);
    const leaf = keys.at(-1);
    if (leaf !== undefined) add(costs.self, leaf, weight);
  }
  return costs;
}

/** Asserts that two lists of costs name the same and differ by no more than a tolerance. */
export function assertClose(
  actual: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
  tolerance: number,
): void {
  const known = (costs: ReadonlyMap<string, number>): string[] =>
    [...costs]
      .filter(([, cost]) => cost > tolerance)
      .map(([name]) => name)
      .sort();
  assert.deepEqual(known(actual), known(expected));
  for (const [name, cost] of expected) {
    const difference = Math.abs((actual.get(name) ?? 0) - cost);
    assert.ok(difference <= tolerance, `${name}: ${String(actual.get(name))} is not ${cost}`);
  }
}
