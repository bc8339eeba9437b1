import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeOf, relativeChangeOf } from '../../../../../src/core/derive/comparison/delta';
import type { Profile } from '../../../../../src/core/model/profile';
import { readSample } from '../../formats/samples';
import { stacksProfile } from '../stacks';
import { compare, functionOf } from './sides';

/** A profile of the same functions elsewhere. */
function moved(profile: Profile, change: (func: Profile['functions'][number]) => object): Profile {
  return { ...profile, functions: profile.functions.map((func) => ({ ...func, ...change(func) })) };
}

describe('functions compared', () => {
  it('are means of the requests of their side, the greatest change first', () => {
    const before = [stacksProfile('2 view load\n1 view'), stacksProfile('4 view load\n3 view')];
    const comparison = compare(before, stacksProfile('3 view load\n9 view'));
    assert.deepEqual(
      comparison.functions.map(({ name, self, total }) => [name, self, total]),
      [
        ['view', { before: 2, after: 9 }, { before: 5, after: 12 }],
        ['load', { before: 3, after: 3 }, { before: 3, after: 3 }],
      ],
    );
    assert.equal(comparison.before.mean, 5);
    assert.equal(comparison.before.median, 5);
    assert.equal(comparison.before.standardDeviation, Math.sqrt(8));
    assert.equal(comparison.after.standardDeviation, undefined);
  });

  it('count a recursion once', () => {
    const comparison = compare(
      stacksProfile('2 view fib fib\n1 view fib'),
      stacksProfile('2 view fib fib fib\n4 view fib'),
    );
    assert.deepEqual(functionOf(comparison, 'fib').total, { before: 3, after: 6 });
    assert.deepEqual(functionOf(comparison, 'fib').self, { before: 3, after: 6 });
  });

  it('that are new or gone cost nothing on the other side', () => {
    const comparison = compare(stacksProfile('2 view old'), stacksProfile('3 view new'));
    const [old, added] = [functionOf(comparison, 'old'), functionOf(comparison, 'new')];
    assert.equal(old.after, undefined);
    assert.deepEqual(old.self, { before: 2, after: 0 });
    assert.equal(added.before, undefined);
    assert.deepEqual(added.total, { before: 0, after: 3 });
    assert.equal(relativeChangeOf(added.total), undefined);
    assert.equal(relativeChangeOf(old.total), -1);
  });

  it('keep unknown what a tool does not tell', () => {
    const lines = readSample('line_profiler/lp-5.0.2-cp311.lprof');
    const [first, ...rest] = lines.functions;
    const name = first?.name ?? '';
    const fewer: Profile = {
      ...lines,
      functions: rest,
      lines: lines.lines
        .filter(({ func }) => func > 0)
        .map((line) => ({ ...line, func: line.func - 1 })),
    };
    const unfollowed = functionOf(compare(fewer, lines), name);
    assert.equal(unfollowed.before, undefined);
    assert.equal(unfollowed.total.before, undefined);
    assert.ok((unfollowed.total.after ?? 0) > 0);
    assert.deepEqual(unfollowed.self, { before: undefined, after: undefined });
    assert.equal(changeOf(unfollowed.total), undefined);
  });

  it('are the same in another folder, on other lines and at another address', () => {
    const stats = readSample('pstats/cprofile-cp311.prof');
    const other = moved(stats, ({ name, file, line }) => ({
      name: name.replace(/ at 0x\w+/, ' at 0xabc'),
      file: file && `/app/${file.split('/').slice(-2).join('/')}`,
      line: line && line + 7,
    }));
    const { functions } = compare(stats, other);
    assert.equal(functions.length, stats.functions.length);
    for (const { name, before, after, self } of functions) {
      assert.equal(changeOf(self), 0, name);
      assert.ok(before && after, name);
    }
  });

  it('tell which changes exceed the spread, with several requests a side', () => {
    const request = (view: number, load: number): Profile =>
      stacksProfile(`${view} view\n${load} view load`);
    const before = [request(5, 1), request(9, 1.2), request(2, 0.9), request(7, 1.1)];
    const after = [request(6, 3.1), request(8, 2.9), request(3, 3), request(9, 3.2)];
    const comparison = compare(before, after);
    assert.equal(functionOf(comparison, 'load').isBeyondSpread, true);
    assert.equal(functionOf(comparison, 'view').isBeyondSpread, false);
    const single = compare(request(5, 1), after);
    assert.equal(functionOf(single, 'load').isBeyondSpread, undefined);
  });
});

describe('sides that do not fit', () => {
  it('are refused in one sentence', () => {
    const counted = stacksProfile('1 view', 'sampled', { unit: 'samples' });
    assert.throws(() => compare(stacksProfile('1 view'), counted), {
      name: 'ProfileError',
      message: 'They cannot be compared: before measures seconds, and after measures samples.',
    });
    const mixed = [stacksProfile('1 view'), counted];
    assert.throws(() => compare(mixed, counted), { name: 'ProfileError' });
    assert.throws(() => compare([], counted), {
      message: 'There is no profile to compare in before.',
    });
  });

  it('are those of other metrics', () => {
    const caches = readSample('callgrind/valgrind-callgrind-caches.out');
    const [, reads] = caches.metrics?.all ?? [];
    assert.ok(caches.metrics && reads);
    const other = { ...caches, metrics: { ...caches.metrics, shown: reads.id } };
    assert.throws(
      () => compare(caches, other),
      /before measures Instructions \(Ir\), and after measures [^.]*\(Dr\)\.$/,
    );
    const plain = readSample('callgrind/valgrind-callgrind.out');
    assert.equal(compare(plain, caches).unit, 'events');
  });

  it('are compared with a note where tools differ', () => {
    const { notes } = compare(
      readSample('pstats/cprofile-cp311.prof'),
      readSample('hotline/orders.lines.speedscope.json'),
    );
    assert.ok(notes.some((note) => note.includes('measured in different ways')));
  });
});
