import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Comparison } from '../../../../../src/core/derive/comparison/comparison';
import { changeOf, type Delta } from '../../../../../src/core/derive/comparison/delta';
import { lineDeltas } from '../../../../../src/core/derive/comparison/lineDeltas';
import { readProfile } from '../../../../../src/core/formats/registry';
import type { Profile } from '../../../../../src/core/model/profile';
import { samples } from '../../formats/samples';
import { compare } from './sides';

const TOLERANCE = 1e-9;

/** The largest difference of anything that is compared. */
function largestChange(comparison: Comparison): number {
  const { before, after, functions, tree, lines } = comparison;
  const changes = [after.mean - before.mean, after.median - before.median];
  const add = (...deltas: readonly Delta[]): void => {
    for (const delta of deltas) {
      assert.equal(delta.before === undefined, delta.after === undefined);
      changes.push(changeOf(delta) ?? 0);
    }
  };
  for (const { calls, self, total } of functions) add(calls, self, total);
  for (const file of lines.files) {
    for (const { hits, self, time } of lineDeltas(comparison, file)) add(hits, self, time);
  }
  for (const costs of ['self', 'total'] as const) {
    tree?.after[costs].forEach((cost, node) => {
      changes.push(cost - (tree.before[costs][node] ?? NaN));
    });
  }
  assert.ok(changes.every(Number.isFinite));
  return changes.reduce((largest, change) => Math.max(largest, Math.abs(change)), 0);
}

/** Values over time do not add up. */
function isTimeline({ data }: Profile): boolean {
  return data.kind === 'timeline';
}

function hasAllSelf({ data }: Profile): boolean {
  return data.kind === 'stacks' || data.kind === 'callGraph';
}

for (const { path, bytes } of samples) {
  describe(`the comparison of ${path}`, () => {
    const profile = readProfile({ bytes, name: '' });

    it('with itself is exactly zero everywhere', () => {
      const comparison = compare(profile, profile);
      assert.equal(largestChange(comparison), 0);
      assert.equal(comparison.verdict.change, 'none');
      for (const { before, after } of comparison.functions) assert.deepEqual(before, after);
      for (const { before, after } of comparison.lines.files) assert.deepEqual(before, after);
    });

    if (isTimeline(profile)) return;

    it('with three copies of itself is zero up to rounding', () => {
      const comparison = compare(profile, [profile, profile, profile]);
      const size = Math.max(
        profile.total,
        ...comparison.functions.map((func) => func.total.after ?? 0),
      );
      assert.ok(largestChange(comparison) <= TOLERANCE * Math.max(size, 1e-9));
    });

    if (!hasAllSelf(profile)) return;

    it('with nothing adds up: functions and tree to the change of the total', () => {
      const empty: Profile = { ...profile, total: 0, functions: [], ...emptyOf(profile) };
      const { functions, before, after, tree } = compare(empty, profile);
      const self = functions.reduce((sum, func) => sum + (changeOf(func.self) ?? 0), 0);
      const change = after.mean - before.mean;
      assert.ok(Math.abs(self - change) <= 1e-6 * Math.max(profile.total, 1e-9));
      const spent = tree?.after.self.reduce((sum, cost) => sum + cost, 0) ?? NaN;
      assert.ok(Math.abs(spent - change) <= 1e-6 * change);
    });
  });
}

/** The same kind of data, with nothing in it. */
function emptyOf({ data }: Profile): Pick<Profile, 'data' | 'lines' | 'record'> {
  const none = new Int32Array();
  return {
    lines: [],
    record: undefined,
    data:
      data.kind === 'stacks'
        ? { ...data, frames: [], nodes: { parent: none, frame: none }, lanes: [] }
        : { kind: 'callGraph', stats: [], edges: [] },
  };
}
