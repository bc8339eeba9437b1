import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CUT_OFF } from '../../../../../src/core/derive/callTree';
import type { Comparison } from '../../../../../src/core/derive/comparison/comparison';
import type { Profile } from '../../../../../src/core/model/profile';
import { readSample } from '../../formats/samples';
import { stacksProfile } from '../stacks';
import { collect, compare } from './sides';

/** Draws a tree: a node's name, its total before and after, and its own cost in brackets. */
function draw({ tree, functions }: Comparison): string[] {
  assert.ok(tree);
  const { parent, func, before, after } = tree;
  const lines: string[] = [];
  const drawBelow = (above: number, indent: string): void => {
    for (const [node, own] of parent.entries()) {
      if (own !== above) continue;
      const name = functions[func[node] ?? -1]?.name ?? '…';
      const total = `${before.total[node]} → ${after.total[node]}`;
      lines.push(`${indent}${name} ${total} [${before.self[node]} → ${after.self[node]}]`);
      drawBelow(node, `${indent}  `);
    }
  };
  drawBelow(-1, '');
  return lines;
}

describe('the call trees of both sides', () => {
  it('are laid over one another, whatever lines ran', () => {
    const before = stacksProfile(`
      2 view@2 load@5
      1 view@3 load@6
      4 view@3 old@9`);
    const after = stacksProfile(`
      5 view@2 load@5
      1 view@4
      6 job@1`);
    assert.deepEqual(draw(compare(before, after)), [
      'view 7 → 6 [0 → 1]',
      '  load 3 → 5 [3 → 5]',
      '  old 4 → 0 [4 → 0]',
      'job 0 → 6 [0 → 6]',
    ]);
  });

  it('have the mean of the requests of a side, with recursion as it ran', () => {
    const before = [stacksProfile('2 view fib'), stacksProfile('4 view fib\n6 view fib fib')];
    assert.deepEqual(draw(compare(before, stacksProfile('1 view'))), [
      'view 6 → 1 [0 → 1]',
      '  fib 6 → 0 [3 → 0]',
      '    fib 3 → 0 [3 → 0]',
    ]);
  });

  it('have one node for the many calls of a tracer', () => {
    const traced = stacksProfile('1 view load\n2 view load+\n3 view load+', 'evented');
    for (const side of [traced, [traced, traced]]) {
      assert.deepEqual(draw(compare(side, traced)), ['view 6 → 6 [0 → 0]', '  load 6 → 6 [6 → 6]']);
    }
  });

  it('take no more memory for many requests of a tracer than for two', () => {
    const traced = stacksProfile('1 view load\n2 view load+\n3 view load+', 'evented');
    const nodes = (count: number): number | undefined => {
      const { data } = collect('many', Array<Profile>(count).fill(traced)).profile;
      return data.kind === 'stacks' ? data.nodes.parent.length : undefined;
    };
    assert.equal(nodes(100), nodes(2));
  });

  it('are estimated of call graphs, and say what was cut off', () => {
    const root = readSample('pstats/runprofileserver/root.000025ms.1795175664.prof');
    const page = readSample('pstats/runprofileserver/shop.items.40.000010ms.1795175664.prof');
    const { tree, before, after } = compare(root, page);
    assert.ok(tree);
    assert.ok(tree.flags.some((flags) => (flags & CUT_OFF) !== 0));
    const sum = (costs: Float64Array): number => costs.reduce((total, cost) => total + cost, 0);
    assert.ok(Math.abs(sum(tree.before.self) - before.mean) < 1e-9);
    assert.ok(Math.abs(sum(tree.after.self) - after.mean) < 1e-9);
  });

  it('are missing where a side has lines only', () => {
    const lines = readSample('line_profiler/lp-5.0.2-cp311.lprof');
    assert.equal(compare(lines, stacksProfile('1 view')).tree, undefined);
  });
});
