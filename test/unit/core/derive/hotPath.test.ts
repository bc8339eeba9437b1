import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hotPath } from '../../../../src/core/derive/hotPath';
import type { Profile } from '../../../../src/core/model/profile';
import { readSample, samples } from '../formats/samples';
import { graphOf } from './graphs';
import { stacksProfile } from './stacks';

/** The path as `name@line total`. */
function drawn(profile: Profile): string[] {
  return hotPath(profile).map(({ func, line, total }) => {
    const place = line === undefined ? '' : `@${line}`;
    return `${profile.functions[func]?.name ?? ''}${place} ${total}`;
  });
}

function graphProfile(text: string): Profile {
  const { names, graph } = graphOf(text);
  const functions = names.map((name) => ({ name, file: 'app.py', line: 1 }));
  const total = graph.stats.reduce((sum, { self }) => sum + self, 0);
  const rest = { format: 'test', unit: 'seconds', lines: [], request: {}, warnings: [] } as const;
  return { ...rest, total, functions, data: graph };
}

describe('the hot path of stacks', () => {
  it('goes down to the costliest callee, whichever lines call it', () => {
    const profile = stacksProfile(`
      2 main@3 view@12 query@30
      3 main@3 view@14 query@31
      4 main@3 view@15 render@50
      1 idle@1`);
    assert.deepEqual(drawn(profile), ['main@3 9', 'view@14 9', 'query@31 5']);
  });

  it('ends at the function whose own lines cost more than what they call', () => {
    const profile = stacksProfile(`
      5 main@3 view@12
      1 main@3 view@13
      2 main@3 view@13 log@70`);
    assert.deepEqual(drawn(profile), ['main@3 8', 'view@12 8']);
  });

  it('follows a recursion', () => {
    const profile = stacksProfile('2 main@3 walk@7 walk@7 walk@9');
    assert.deepEqual(drawn(profile), ['main@3 2', 'walk@7 2', 'walk@7 2', 'walk@9 2']);
  });
});

describe('the hot path of a call graph', () => {
  it('begins at the costliest function that nothing calls', () => {
    const profile = graphProfile(`
      idle    1 2 2
      main    1 1 9
      view    1 1 7
      query   3 5 5
      main > view   1 1 7
      view > query  3 5 5`);
    assert.deepEqual(drawn(profile), ['main 9', 'view 7', 'query 5']);
  });

  it('goes round no cycle, and begins somewhere where there is nothing else', () => {
    const profile = graphProfile(`
      even  2 1 4
      odd   2 3 4
      odd > odd   1 1 1
      even > odd  2 3 4
      odd > even  1 1 1`);
    assert.deepEqual(drawn(profile), ['even 4', 'odd 4']);
  });
});

describe('the hot path of every sample', () => {
  for (const sample of samples) {
    it(`of ${sample.path} never costs more further down`, () => {
      const profile = readSample(sample.path);
      const path = hotPath(profile);
      const slack = 1e-9 + 1e-6 * profile.total;
      for (const [index, { func, total }] of path.entries()) {
        assert.ok(profile.functions[func]);
        assert.ok(total <= (path[index - 1]?.total ?? Infinity) + slack);
      }
      const hasCosts = profile.total > 0 && profile.data.kind !== 'timeline';
      if (hasCosts) assert.ok(path.length > 0);
    });
  }
});
