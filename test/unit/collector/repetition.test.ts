import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '../../../src/collector/pull/answer';
import { stacksOf } from '../../../src/collector/pull/stacksampler';
import { Repetition } from '../../../src/collector/repetition';
import { samplesOf } from '../../../src/collector/stacks';

function answer(elapsed: number, samples: Readonly<Record<string, number>>): Answer {
  const folded = new Map(Object.entries(samples));
  return { protocol: 'stacksampler', elapsed, folded, stacks: stacksOf(folded, 0.01) };
}

describe('what an answer tells again', () => {
  const minute = 60_000;
  const first = { askedMs: 0, elapsed: 500 };

  function afterFirst(): Repetition {
    const repetition = new Repetition();
    repetition.newStacks(answer(500, { main: 100, spin: 10 }), 0, undefined);
    return repetition;
  }

  it('is nothing where it covers no more than the time that passed', () => {
    const { stacks } = afterFirst().newStacks(answer(59, { main: 7 }), minute, first);
    assert.deepEqual(
      stacks.map(({ running }) => running),
      [7],
    );
  });

  it('is what stood in the answer before', () => {
    const again = answer(560, { main: 103, spin: 10, new: 1 });
    const stacks = afterFirst().newStacks(again, minute, first);
    assert.equal(samplesOf(stacks), 4);
    assert.deepEqual(
      stacks.frames.map(({ name }) => name),
      ['main', 'new'],
    );
  });

  it('is nothing where a stack has fewer samples than before: it did forget', () => {
    const forgot = answer(560, { main: 103, spin: 9 });
    assert.equal(samplesOf(afterFirst().newStacks(forgot, minute, first)), 112);
  });

  it('is all where nobody knows what the answer before was', () => {
    const again = answer(560, { main: 103 });
    assert.equal(samplesOf(new Repetition().newStacks(again, minute, first)), 0);
    const byAnother = { askedMs: minute / 2, elapsed: 530 };
    assert.equal(samplesOf(afterFirst().newStacks(again, minute, byAnother)), 0);
  });
});
