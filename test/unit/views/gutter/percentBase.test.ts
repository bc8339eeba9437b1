import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heatLevel } from '../../../../src/views/gutter/heat';
import { percentBase, shareOf } from '../../../../src/views/gutter/percentBase';
import { annotations, func } from './sampleAnnotations';

const FILE = { functions: [], lines: [] };

describe('what % Time is of', () => {
  it('is the function for line_profiler and the request for others', () => {
    const lineProfiler = annotations('exact', FILE, { format: 'lineProfiler' });
    assert.equal(percentBase('auto', lineProfiler), 'function');
    assert.equal(percentBase('auto', annotations('exact', FILE)), 'request');
    assert.equal(percentBase('auto', annotations('sampled', FILE)), 'request');
  });

  it('is what the setting says', () => {
    const lineProfiler = annotations('exact', FILE, { format: 'lineProfiler' });
    assert.equal(percentBase('request', lineProfiler), 'request');
    assert.equal(percentBase('function', annotations('sampled', FILE)), 'function');
  });

  it('is the request where each row is a function', () => {
    assert.equal(percentBase('function', annotations('none', FILE)), 'request');
  });
});

describe('the share of a line', () => {
  it('is taken of its base', () => {
    assert.equal(shareOf(1, 'function', func('f', { total: 2 }), 8), 0.5);
    assert.equal(shareOf(1, 'request', func('f', { total: 2 }), 8), 0.125);
  });

  it('is not known where the base is nothing or unknown', () => {
    assert.equal(shareOf(0, 'request', undefined, 0), undefined);
    assert.equal(shareOf(1, 'function', undefined, 8), undefined);
  });
});

describe('heat', () => {
  it('rises with the share, in five levels', () => {
    assert.deepEqual([0, 0.01, 0.05, 0.2, 0.5, 1.4].map(heatLevel), [1, 2, 3, 4, 5, 5]);
  });

  it('is none where the share is not known', () => {
    assert.equal(heatLevel(undefined), 0);
  });
});
