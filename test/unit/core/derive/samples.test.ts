import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { annotate } from '../../../../src/core/derive/annotate';
import { DEFAULT_LIMITS } from '../../../../src/core/derive/callTree';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { APPORTIONED_MARK, toSpeedscope } from '../../../../src/core/derive/speedscopeDocument';
import type {
  SpeedscopeFrame,
  SpeedscopeProfile,
} from '../../../../src/core/derive/speedscopeFile';
import { readProfile } from '../../../../src/core/formats/registry';
import type { Func, Profile } from '../../../../src/core/model/profile';
import { samples } from '../formats/samples';

const TOLERANCE = 1e-6;

/** What each frame costs itself in a speedscope profile; fails where speedscope would not load it. */
function selfByFrame(profile: SpeedscopeProfile, frames: number): Float64Array {
  const self = new Float64Array(frames);
  const addTo = (frame: number | undefined, cost: number): void => {
    assert.ok(cost >= 0 && Number.isFinite(cost));
    if (frame !== undefined) self[frame] = (self[frame] ?? 0) + cost;
  };
  if (profile.type === 'sampled') {
    assert.equal(profile.samples.length, profile.weights.length);
    for (const [index, stack] of profile.samples.entries()) {
      assert.ok(stack.every((frame) => frame >= 0 && frame < frames));
      addTo(stack.at(-1), profile.weights[index] ?? NaN);
    }
    return self;
  }
  const open: number[] = [];
  let now = profile.startValue;
  for (const { type, at, frame } of profile.events) {
    assert.ok(frame >= 0 && frame < frames);
    addTo(open.at(-1), at - now);
    now = at;
    if (type === 'O') open.push(frame);
    else assert.equal(open.pop(), frame, 'a frame closes that is not the innermost');
  }
  assert.deepEqual(open, []);
  assert.equal(now, profile.endValue);
  return self;
}

function assertClose(actual: number, expected: number, what: string): void {
  const error = Math.abs(actual - expected);
  assert.ok(
    error <= TOLERANCE * Math.max(Math.abs(expected), 1e-9),
    `${what}: ${actual} ≠ ${expected}`,
  );
}

/** What tells functions apart for people and for speedscope. */
function identity({ name, file, line }: SpeedscopeFrame | Func): string {
  return [name.replace(APPORTIONED_MARK, ''), file ?? '', line ?? ''].join('\n');
}

function sumsBy(keys: readonly string[], costs: Iterable<number>): Map<string, number> {
  const sums = new Map<string, number>();
  let index = 0;
  for (const cost of costs) {
    const key = keys[index++] ?? '';
    sums.set(key, (sums.get(key) ?? 0) + cost);
  }
  return sums;
}

function assertCallGraphIsConserved(
  profile: Profile,
  frames: readonly SpeedscopeFrame[],
  self: Float64Array,
): void {
  if (profile.data.kind !== 'callGraph') return;
  const measured = profile.data.stats.map((own) => Math.max(0, own.self));
  const shown = sumsBy(frames.map(identity), self);
  for (const [func, cost] of sumsBy(profile.functions.map(identity), measured)) {
    assertClose(shown.get(func) ?? 0, cost, func);
  }
  const total = self.reduce((sum, cost) => sum + cost, 0);
  assertClose(total, profile.total, 'total');
}

for (const { path, bytes } of samples) {
  describe(`the derivations of ${path}`, () => {
    const profile = readProfile({ bytes, name: path });
    const { document } = toSpeedscope(profile, { title: path, limits: DEFAULT_LIMITS });
    const frames = document.shared.frames.length;

    it('make a flamegraph that conserves all costs', () => {
      for (const shown of document.profiles) selfByFrame(shown, frames);
      const first = document.profiles[0];
      assert.ok(first);
      assertCallGraphIsConserved(profile, document.shared.frames, selfByFrame(first, frames));
    });

    it('annotate every function that has a file, and every line', () => {
      const { files, lineData } = annotate(profile);
      // Memory is a matter of lines alone.
      if (lineData === 'memory') return;
      const named = profile.functions.filter(({ file }) => file !== undefined);
      const places = (list: readonly { name: string; line: number | undefined }[]): string[] =>
        list.map(({ name, line }) => `${name}:${String(line)}`);
      for (const file of new Set(named.map((func) => func.file ?? ''))) {
        const own = named.filter((func) => func.file === file);
        assert.deepEqual(
          places(files.get(file)?.functions.slice(0, own.length) ?? []),
          places(own),
        );
      }
      for (const [file, costs] of lineCosts(profile)) {
        const lines = files.get(file)?.lines ?? [];
        assert.deepEqual(
          lines.map(({ line }) => line),
          [...costs.keys()].sort((a, b) => a - b),
        );
        assert.ok(lines.every(({ func }) => files.get(file)?.functions[func]));
      }
    });
  });
}
