import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { carriedLine } from '../../../../src/views/report/carriedLine';

const BEFORE = ['import os', '', 'def view(request):', '    total = 0', '    return total'];

describe('the line that a link of a report opens', () => {
  it('is where the profiled one stands now', () => {
    const after = ['import os', 'import sys', '', ...BEFORE.slice(1)];
    assert.equal(carriedLine(3, BEFORE, after), 5);
    assert.equal(carriedLine(5, BEFORE, after), 7);
  });

  it('is the one above where it was deleted', () => {
    const after = BEFORE.filter((line) => !line.includes('total = 0'));
    assert.equal(carriedLine(4, BEFORE, after), 3);
  });

  it('is within the file, whatever is left of it', () => {
    assert.equal(carriedLine(5, BEFORE, ['']), 1);
    assert.equal(carriedLine(99, BEFORE, BEFORE), 5);
  });
});
