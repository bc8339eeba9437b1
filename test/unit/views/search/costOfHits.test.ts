import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FunctionHit } from '../../../../src/profiles/functionIndex';
import { functionCost, lineCost } from '../../../../src/views/search/costOfHits';

const HIT: FunctionHit = {
  ...{ func: { name: 'total', file: '/app/cart.py', line: 3 }, unit: 'seconds' },
  ...{ self: 0.25, total: 1 },
};

describe('what a search tells of a profile', () => {
  it('is the sum of the functions of that name', () => {
    assert.deepEqual(functionCost([HIT, HIT]), { unit: 'seconds', self: 0.5, total: 2 });
    assert.equal(functionCost([]), undefined);
  });

  it('is the cost of the line where lines are known, and that of the function where not', () => {
    const line = { self: 0.125, total: 0.5 };
    assert.deepEqual(lineCost([HIT, { ...HIT, line }]), { unit: 'seconds', ...line });
    assert.deepEqual(lineCost([HIT]), {
      ...{ unit: 'seconds', self: 0.25, total: 1 },
      isOfFunction: true,
    });
  });

  it('is nothing where the line took no time, or the function is not in the profile', () => {
    assert.equal(lineCost([{ ...HIT, line: { self: 0, total: 0 } }]), undefined);
    assert.equal(lineCost([]), undefined);
  });
});
