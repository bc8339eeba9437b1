import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callGraphOf } from '../../../../src/core/derive/callGraph';
import { stacksProfile } from './stacks';

/** Edges as `caller > callee: own, inclusive cost`, with the calls where they were counted. */
function edges(text: string, kind?: 'evented'): string[] {
  const profile = stacksProfile(text, kind);
  const name = (func: number): string => profile.functions[func]?.name ?? '?';
  return callGraphOf(profile).edges.map(
    ({ caller, callee, self, total, calls, primitiveCalls }) => {
      const counts = calls === undefined ? '' : `, ${calls} calls, ${primitiveCalls} primitive`;
      return `${name(caller)} > ${name(callee)}: ${self}, ${total}${counts}`;
    },
  );
}

describe('the call graph of stacks', () => {
  it('adds up what each function cost each of its callers', () => {
    assert.deepEqual(edges('2 main@1 a@5 c@9\n1 main@2 b@7 c@9\n4 main@1 a@6'), [
      'main > a: 4, 6',
      'a > c: 2, 2',
      'main > b: 0, 1',
      'b > c: 1, 1',
    ]);
  });

  it('counts a recursion once for each edge, as cProfile does', () => {
    assert.deepEqual(edges('1 main@1 f@2 f@2 f@3\n2 main@1 f@2 f@3'), [
      'main > f: 0, 3',
      'f > f: 3, 3',
    ]);
    assert.deepEqual(edges('1 f@1 g@2 f@1 g@3'), ['f > g: 1, 1', 'g > f: 0, 1']);
  });

  it('counts the calls of a tracer, and those that were no recursion', () => {
    assert.deepEqual(edges('1 main@1 f@2 f@2\n1 main@1 f@2+', 'evented'), [
      'main > f: 1, 2, 2 calls, 2 primitive',
      'f > f: 1, 1, 1 calls, 1 primitive',
    ]);
  });
});
