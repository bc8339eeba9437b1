import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { annotate } from '../../../../src/core/derive/annotate';
import { DEFAULT_LIMITS } from '../../../../src/core/derive/callTree';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { toSpeedscope } from '../../../../src/core/derive/speedscopeDocument';
import type { Profile, Unit } from '../../../../src/core/model/profile';
import { stacksProfile } from './stacks';

const recursive = stacksProfile(`
  2 main@3 walk@7 walk@7 walk@9
  1 main@3 walk@7
  4 main@4`);

describe('lineCosts of stacks', () => {
  it('counts a line that recurses once a sample', () => {
    const lines = lineCosts(recursive).get('app.py');
    assert.deepEqual(
      [...(lines ?? [])].map(([line, { hits, self, time }]) => ({ line, hits, self, time })),
      [
        { line: 3, hits: 2, self: 0, time: 3 },
        { line: 7, hits: 2, self: 1, time: 3 },
        { line: 9, hits: 1, self: 2, time: 2 },
        { line: 4, hits: 1, self: 4, time: 4 },
      ],
    );
  });

  it('tells no hits where a tracer recorded', () => {
    const traced = stacksProfile('1 main@3 walk@7', 'evented');
    assert.equal(lineCosts(traced).get('app.py')?.get(7)?.hits, undefined);
  });

  it('tells the samples behind stacks that were added up, where their number is known', () => {
    const hitsOf = (unit: Unit): unknown => {
      const added = stacksProfile('5 main@3 walk@7', 'sampled', { unit, timeOrdered: false });
      return lineCosts(added).get('app.py')?.get(7)?.hits;
    };
    assert.equal(hitsOf('samples'), 5);
    assert.equal(hitsOf('seconds'), undefined);
  });

  it('is empty for functions without a file and frames without a line', () => {
    const withoutLines = stacksProfile('1 main walk');
    assert.equal(lineCosts(withoutLines).size, 0);
    const functions = recursive.functions.map((func) => ({ ...func, file: undefined }));
    assert.equal(lineCosts({ ...recursive, functions }).size, 0);
  });

  it('takes the outer function of those that share a line', () => {
    const profile = stacksProfile('1 lambda@3 total@3');
    const functions = profile.functions.map((func) => {
      return { ...func, line: func.name === 'total' ? 1 : 3 };
    });
    const cost = lineCosts({ ...profile, functions })
      .get('app.py')
      ?.get(3);
    assert.equal(functions[cost?.func ?? -1]?.name, 'total');
    assert.equal(cost?.time, 1);
  });
});

describe('functionTable of stacks', () => {
  const named = (profile: Profile): unknown[] =>
    functionTable(profile).rows.map(({ func, ...row }) => ({
      name: profile.functions[func]?.name,
      ...row,
    }));

  it('counts a recursion once in the total, and no calls in samples', () => {
    assert.deepEqual(named(recursive), [
      { name: 'main', calls: undefined, primitiveCalls: undefined, self: 4, total: 7 },
      { name: 'walk', calls: undefined, primitiveCalls: undefined, self: 3, total: 3 },
    ]);
  });

  it('counts the calls of a tracer, the outer ones as primitive', () => {
    const traced = stacksProfile('1 main walk walk\n1 main walk+\n1 main', 'evented');
    assert.deepEqual(named(traced), [
      { name: 'main', calls: 1, primitiveCalls: 1, self: 1, total: 3 },
      { name: 'walk', calls: 3, primitiveCalls: 2, self: 2, total: 2 },
    ]);
  });

  it('tells who called a function, the costliest first, and adds up to its total', () => {
    const profile = stacksProfile('1 a leaf\n3 b leaf leaf\n1 c');
    const leaf = profile.functions.findIndex(({ name }) => name === 'leaf');
    const callers = functionTable(profile).callers[leaf] ?? [];
    assert.deepEqual(
      callers.map(({ caller, total }) => [profile.functions[caller]?.name, total]),
      [
        ['b', 3],
        ['a', 1],
      ],
    );
  });

  it('counts only lanes in the unit of the profile', () => {
    const { data, ...rest } = recursive;
    assert.ok(data.kind === 'stacks');
    const bytes = data.lanes.map((lane) => ({ ...lane, unit: 'bytes' as const }));
    const both = { ...rest, data: { ...data, lanes: [...data.lanes, ...bytes] } };
    assert.deepEqual(named(both), named(recursive));
  });
});

describe('annotate of stacks', () => {
  it('gives lines in ascending order with the function they are in', () => {
    const { lineData, files } = annotate(recursive);
    const file = files.get('app.py');
    assert.equal(lineData, 'sampled');
    assert.deepEqual(
      file?.lines.map(({ line, func }) => [line, file.functions[func]?.name]),
      [
        [3, 'main'],
        [4, 'main'],
        [7, 'walk'],
        [9, 'walk'],
      ],
    );
  });
});

describe('toSpeedscope of stacks', () => {
  const options = { title: 'GET /', limits: DEFAULT_LIMITS };

  it('keeps samples as they are, with executing lines', () => {
    const { document, note } = toSpeedscope(recursive, options);
    const [lane] = document.profiles;
    assert.ok(lane?.type === 'sampled');
    const shown = lane.samples.map((stack) => {
      return stack.map((index) => {
        const frame = document.shared.frames[index];
        return `${frame?.name ?? ''}@${frame?.line ?? ''}`;
      });
    });
    assert.deepEqual(shown, [
      ['main@3', 'walk@7', 'walk@7', 'walk@9'],
      ['main@3', 'walk@7'],
      ['main@4'],
    ]);
    assert.deepEqual([...lane.weights], [2, 1, 4]);
    assert.equal(lane.endValue, 7);
    assert.equal(note, undefined);
  });

  it('draws a function as one whatever its line, where it knows the definition', () => {
    const functions = recursive.functions.map((func) => ({ ...func, line: 2 }));
    const { document } = toSpeedscope({ ...recursive, functions }, options);
    assert.deepEqual(document.shared.frames, [
      { name: 'main', file: 'app.py', line: 2 },
      { name: 'walk', file: 'app.py', line: 2 },
    ]);
    const [lane] = document.profiles;
    assert.deepEqual(lane?.type === 'sampled' && lane.samples, [[0, 1, 1, 1], [0, 1], [0]]);
  });

  it('opens and closes every call of a tracer, so that two calls in a row stay two', () => {
    const traced = stacksProfile('1 main walk\n1 main walk+ leaf\n1 main walk leaf\n2', 'evented');
    const { document } = toSpeedscope(traced, options);
    const [lane] = document.profiles;
    assert.ok(lane?.type === 'evented');
    const shown = lane.events.map(({ type, at, frame }) => {
      return `${type} ${document.shared.frames[frame]?.name ?? ''} ${at}`;
    });
    assert.deepEqual(shown, [
      'O main 0',
      'O walk 0',
      'C walk 1',
      'O walk 1',
      'O leaf 1',
      'C leaf 3',
      'C walk 3',
      'C main 3',
    ]);
    assert.equal(lane.endValue, 5);
  });
});
