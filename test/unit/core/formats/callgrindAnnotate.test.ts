import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { annotated } from './callgrindReport';
import { graphOf, readFixture } from './samples';

/** Costs by `file:function`, joined where several objects have a function of that name. */
function costsOf(profile: Profile, value: 'self' | 'total'): Map<string, number> {
  const costs = new Map<string, number>();
  for (const [index, stats] of graphOf(profile).stats.entries()) {
    const { name = '', file = '???' } = profile.functions[index] ?? {};
    const label = `${file}:${name.replace(/ \[.*\]$/, '')}`;
    costs.set(label, (costs.get(label) ?? 0) + stats[value]);
  }
  return costs;
}

/** The sums of costs by the function's name alone: valgrind has the inlined code of a function in other files. */
function byName(costs: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [label, cost] of costs) {
    const name = label.replace(/^[^ ]*?:/, '');
    sums.set(name, (sums.get(name) ?? 0) + cost);
  }
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('callgrind of valgrind, against callgrind_annotate', () => {
  for (const name of [
    'callgrind',
    'callgrind-instr-jumps',
    'callgrind-uncompressed',
    'callgrind-caches',
    'cachegrind',
  ]) {
    const path = `callgrind/valgrind-${name}.out`;
    const exclusive = annotated(`${path}.exclusive.txt`);
    const hasCalls = name.startsWith('callgrind');
    const inclusive = hasCalls ? annotated(`${path}.inclusive.txt`) : undefined;
    for (const [event, expected] of exclusive) {
      const profile = readProfile({
        bytes: readFixture(path),
        name: '',
        choice: { metric: event },
      });

      it(`has the ${event} of every function in ${path}`, () => {
        assert.equal(profile.metrics?.shown ?? 'Ir', event);
        assert.ok(expected.size > 125);
        assert.deepEqual(byName(costsOf(profile, 'self')), byName(expected));
      });

      if (!inclusive) continue;
      it(`has the inclusive ${event} of every function outside of recursion in ${path}`, () => {
        for (const [label, cost] of costsOf(profile, 'total')) {
          // It counts recursion again: 134 % of the program for (below main)'2.
          if (label.endsWith("'2")) continue;
          assert.equal(cost, inclusive.get(event)?.get(label), label);
        }
      });
    }
  }
});
