import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ColorScale } from '../../../../webview/compare/colorScale';

describe('the colours of changes', () => {
  const scale = new ColorScale([0.013, -0.004, NaN, 0]);

  it('reach as far to either side as the largest change does', () => {
    assert.equal(scale.end, 0.02);
    assert.equal(scale.level(0.013), 4);
    assert.equal(scale.level(-0.013), -4);
    assert.equal(scale.level(-0.004), -3);
    assert.equal(scale.level(0.00019), 0);
    assert.equal(scale.level(0.00021), 1);
    assert.equal(scale.level(NaN), 0);
  });

  it('follow one another without a gap, and each has the changes that the legend tells', () => {
    const steps = scale.steps();
    assert.deepEqual(
      steps.map(({ level }) => level),
      [-4, -3, -2, -1, 0, 1, 2, 3, 4],
    );
    assert.equal(steps[0]?.from, -0.02);
    assert.equal(steps.at(-1)?.to, 0.02);
    for (const [index, step] of steps.entries()) {
      assert.equal(step.from, steps[index - 1]?.to ?? step.from);
      assert.equal(scale.level((step.from + step.to) / 2), step.level);
    }
  });

  it('are those of no change where nothing changed', () => {
    const same = new ColorScale([0, 0]);
    assert.equal(same.end, 0);
    assert.equal(same.level(0), 0);
  });
});
