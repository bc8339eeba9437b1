import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFunction, type Frame } from '../../../../webview/flamegraph/frameMatch';

function frameOf(name: string, weight: number, file?: string, line?: number): Frame {
  return {
    name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    getTotalWeight: () => weight,
  };
}

describe("finding a function among speedscope's frames", () => {
  const file = '/srv/shop/price.py';

  it('finds it by name and file', () => {
    const frames = [frameOf('price', 9, '/other.py', 7), frameOf('price', 1, file, 7)];
    assert.equal(findFunction(frames, { name: 'price', file, line: 7 }), frames[1]);
  });

  it('finds it with the mark of an estimate on either side', () => {
    const marked = frameOf('price ≈', 1, file, 7);
    assert.equal(findFunction([marked], { name: 'price', file, line: 7 }), marked);
    const plain = frameOf('price', 1, file, 7);
    assert.equal(findFunction([plain], { name: 'price ≈', file, line: 7 }), plain);
  });

  it('takes the line that was asked for where the function has several', () => {
    const frames = [frameOf('price', 9, file, 8), frameOf('price', 1, file, 9)];
    assert.equal(findFunction(frames, { name: 'price', file, line: 9 }), frames[1]);
  });

  it('takes the costliest line where that line is not there', () => {
    const frames = [frameOf('price', 1, file, 8), frameOf('price', 9, file, 9)];
    assert.equal(findFunction(frames, { name: 'price', file, line: 7 }), frames[1]);
  });

  it('finds built-ins, which have no file', () => {
    const builtIn = frameOf('<built-in sum>', 1);
    const wanted = { name: '<built-in sum>', file: undefined, line: undefined };
    assert.equal(findFunction([frameOf('<built-in sum>', 9, file), builtIn], wanted), builtIn);
  });

  it('finds nothing where there is nothing', () => {
    assert.equal(findFunction([], { name: 'price', file, line: 7 }), undefined);
  });
});
