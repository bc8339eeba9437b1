import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Delta, FunctionDelta } from '../../../../src/protocol/comparison';
import { INITIAL_STATE, parseCompareState } from '../../../../webview/compare/compareState';
import { deltaColumns, markOf } from '../../../../webview/compare/deltaColumns';
import { foundFunctions, sortedFunctions } from '../../../../webview/compare/deltaRows';
import { findFunction, frameOf } from '../../../../webview/compare/functionPlace';

const UNKNOWN: Delta = { before: undefined, after: undefined };

function delta(name: string, self: Delta, facts: Partial<FunctionDelta> = {}): FunctionDelta {
  const place = { file: `/app/${name}.py`, line: 7 };
  return {
    name,
    before: place,
    after: place,
    calls: UNKNOWN,
    self,
    total: self,
    isBeyondSpread: undefined,
    ...facts,
  };
}

const FUNCTIONS = [
  delta('render', { before: 0.02, after: 0.01 }, { isBeyondSpread: true }),
  delta('query', { before: 0.001, after: 0.004 }, { isBeyondSpread: false }),
  delta('unknown', UNKNOWN),
  delta('tax', { before: 0, after: 0.002 }, { before: undefined }),
];
const names = (order: readonly number[]): (string | undefined)[] =>
  order.map((index) => FUNCTIONS[index]?.name);
const column = (id: string): ReturnType<typeof deltaColumns>[number] | undefined =>
  deltaColumns('seconds').find((each) => each.id === id);

describe('the rows of a table of changes', () => {
  it('are sorted by signed changes, what is unknown last in any case', () => {
    const sorted = (isReversed: boolean): unknown =>
      names(sortedFunctions(FUNCTIONS, column('selfChange'), isReversed));
    assert.deepEqual(sorted(false), ['query', 'tax', 'render', 'unknown']);
    assert.deepEqual(sorted(true), ['render', 'tax', 'query', 'unknown']);
  });

  it('stand as they are given where no column is chosen', () => {
    assert.deepEqual(sortedFunctions(FUNCTIONS, undefined, false), [0, 1, 2, 3]);
  });

  it('are those that the filter leaves', () => {
    const found = (filter: Partial<typeof INITIAL_STATE>): unknown =>
      names(foundFunctions(FUNCTIONS, [0, 1, 2, 3], { ...INITIAL_STATE, ...filter }).functions);
    assert.deepEqual(found({ filter: 'QUERY' }), ['query']);
    assert.deepEqual(found({ filter: '(render|tax)\\.py', isRegex: true }), ['render', 'tax']);
    assert.deepEqual(found({ isBeyondSpreadOnly: true }), ['render']);
  });

  it('are all there, with the reason, where the filter is no regular expression', () => {
    const { functions, problem } = foundFunctions(FUNCTIONS, [0, 1], {
      ...INITIAL_STATE,
      filter: '(',
      isRegex: true,
    });
    assert.equal(functions.length, 2);
    assert.match(problem ?? '', /regular expression/);
  });

  it('tell change, relative change and mark in words, and nothing of what is unknown', () => {
    const [render, , unknown, tax] = FUNCTIONS;
    assert.ok(render && unknown && tax);
    assert.equal(column('selfChange')?.text(render), '−10 ms');
    assert.equal(column('selfRelative')?.text(render), '−50 %');
    assert.equal(column('selfChange')?.text(unknown), '');
    assert.equal(column('selfRelative')?.text(tax), '');
    assert.deepEqual([markOf(render), markOf(tax)], ['beyond spread', 'new']);
  });

  it('lead to the function where it is now, or was where it is gone', () => {
    const gone = delta('gone', UNKNOWN, { after: undefined });
    assert.deepEqual(frameOf(gone), { name: 'gone', file: '/app/gone.py', line: 7 });
    assert.equal(findFunction(FUNCTIONS, { name: 'tax', file: '/app/tax.py', line: 1 }), 3);
    assert.equal(findFunction([gone], frameOf(gone)), -1);
  });
});

describe('what was chosen in a comparison', () => {
  it('comes back as it was kept, and as at first where it is not understood', () => {
    const kept = { ...INITIAL_STATE, view: 'table', widths: 'before', sort: 'selfChange' } as const;
    assert.deepEqual(parseCompareState(JSON.parse(JSON.stringify(kept))), kept);
    for (const value of [undefined, 'x', { view: 1, widths: 2, sort: 3, filter: 4 }])
      assert.deepEqual(parseCompareState(value), INITIAL_STATE);
  });
});
