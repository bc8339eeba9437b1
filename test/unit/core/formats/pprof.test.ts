import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { rawReport, topReport } from './pprofReport';
import { message, packed, type Field } from './pprofWriter';
import { readFixture, readSample } from './samples';
import { stacksOf } from './stackTexts';
import { weightsByStack } from './stackWeights';

function read(path: string, metric?: string): Profile {
  return readProfile({ bytes: readFixture(path), name: '', choice: { metric } });
}

/** In whole numbers of the file's unit, because a sum of quotients is none of sums. */
function rounded(weights: ReadonlyMap<string, number>, perUnit: number): Map<string, number> {
  const whole = [...weights].map(([key, value]): [string, number] => [
    key,
    Math.round(value * perUnit),
  ]);
  return new Map(whole.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('pprof, against go tool pprof', () => {
  for (const [path, types, shown] of [
    ['pprof/go-cpu.pprof', { samples: 1, cpu: 1e9 }, 'cpu'],
    [
      'pprof/go-heap.pprof',
      { alloc_objects: 1, alloc_space: 1, inuse_objects: 1, inuse_space: 1 },
      'alloc_space',
    ],
    ['pprof/austin2pprof.pprof', { 'Wall time': 1e6 }, undefined],
  ] as const) {
    const raw = rawReport(path);

    for (const [index, [type, perUnit]] of Object.entries(types).entries()) {
      it(`has every stack of ${path} with its ${type}`, () => {
        const expected = new Map<string, number>();
        for (const { stack, values } of raw.samples) {
          const value = values[index] ?? NaN;
          if (value > 0) expected.set(stack, (expected.get(stack) ?? 0) + value);
        }
        const profile = read(path, type);
        assert.ok(raw.samples.length > 20);
        assert.deepEqual(rounded(weightsByStack(profile), perUnit), rounded(expected, 1));
      });
    }

    it(`offers what ${path} counts`, () => {
      const { metrics } = read(path);
      assert.equal(raw.types.length, Object.keys(types).length);
      assert.deepEqual(
        metrics?.all.map(({ id }) => id),
        shown && Object.keys(types),
      );
      assert.equal(metrics?.shown, shown);
    });
  }

  for (const [path, perUnit] of [
    ['pprof/go-cpu.pprof', 1e9],
    ['pprof/go-heap.pprof', 1],
  ] as const) {
    it(`has the flat and cumulative cost of every function in ${path}`, () => {
      const profile = read(path);
      const { rows } = functionTable(profile);
      const costs = rows.map(({ func, self = 0, total }) => [
        profile.functions[func]?.name ?? '',
        { flat: Math.round(self * perUnit), cum: Math.round(total * perUnit) },
      ]);
      const expected = topReport(`${path}.top.txt`);
      assert.ok(expected.size > 20);
      assert.deepEqual(new Map(costs.sort() as never), new Map([...expected].sort()));
    });
  }
});

describe('pprof of Go', () => {
  const profile = readSample('pprof/go-cpu.pprof');

  it('has the lines that ran and the first lines of functions', () => {
    const fib = profile.functions.findIndex(({ name }) => name === 'shop.Fib');
    assert.deepEqual(profile.functions[fib], { name: 'shop.Fib', file: 'shop/shop.go', line: 17 });
    const lines = stacksOf(profile).frames.filter(({ func }) => func === fib);
    assert.deepEqual(new Set(lines.map(({ line }) => line)), new Set([17, 18, 21]));
  });

  it('is in seconds, and tells when it was recorded', () => {
    assert.equal(profile.unit, 'seconds');
    assert.equal(Math.round(profile.total * 1000), 300);
    assert.equal(new Date(profile.request.startedMs ?? 0).toISOString().slice(0, 10), '2026-11-20');
    assert.equal(Math.round((profile.request.durationMs ?? 0) * 100), 29721);
  });
});

describe('pprof of austin2pprof', () => {
  it('has a lane for each thread', () => {
    const profile = readSample('pprof/austin2pprof.pprof');
    const { labels, samples } = rawReport('pprof/austin2pprof.pprof');
    const times = new Map<string, number>();
    for (const [index, label] of labels.entries()) {
      const thread = `Thread ${/Thread ID:\[(\d+)\]/.exec(label)?.[1] ?? ''}`;
      times.set(thread, (times.get(thread) ?? 0) + (samples[index]?.values[0] ?? 0));
    }
    const lanes = stacksOf(profile).lanes.map(({ name, weights }): [string, number] => [
      name,
      weights.reduce((sum, weight) => sum + weight, 0),
    ]);
    assert.equal(lanes.length, 2);
    assert.deepEqual(rounded(new Map(lanes), 1e6), rounded(times, 1));
  });
});

/** Texts of the small profiles below, by their place in the string table. */
const texts = ['', 'cpu', 'nanoseconds', 'main', 'main.py', 'leaf', 'thread name', 'worker', 'tid'];

/** A profile that counts `cpu` in nanoseconds. */
function profileOf(...fields: readonly Field[]): Buffer {
  const strings = texts.map((text): Field => [6, text]);
  return message([1, message([1, 1], [2, 2])], ...fields, ...strings);
}

const mainFunction: Field = [5, message([1, 1], [2, 3], [4, 4], [5, 2])];
const mainLocation: Field = [4, message([1, 1], [4, message([1, 1], [2, 7])])];

function readFields(...fields: readonly Field[]): Profile {
  const profile = readProfile({ bytes: profileOf(...fields), name: '' });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

describe('pprof messages', () => {
  it('take numbers one by one as well as packed', () => {
    const alone = readFields([2, message([1, 1], [1, 1], [2, 5])], mainLocation, mainFunction);
    const together = readFields(
      [2, message([1, packed(1, 1)], [2, packed(5)])],
      mainLocation,
      mainFunction,
    );
    assert.deepEqual(alone, together);
    assert.deepEqual([...weightsByStack(alone)], [['main main.py:7;main main.py:7', 5e-9]]);
  });

  it('may have ids of 64 bits that differ in their last', () => {
    const ids = [2n ** 63n + 1n, 2n ** 63n + 2n] as const;
    const profile = readFields(
      [2, message([1, packed(...ids)], [2, 1])],
      [4, message([1, ids[0]], [4, message([1, ids[1]], [2, 3])])],
      [4, message([1, ids[1]], [4, message([1, ids[0]], [2, 4])])],
      [5, message([1, ids[0]], [2, 3], [4, 4], [5, 1])],
      [5, message([1, ids[1]], [2, 5], [4, 4], [5, 1])],
    );
    assert.deepEqual([...weightsByStack(profile).keys()], ['main main.py:4;leaf main.py:3']);
  });

  it('call code without symbols by its address and what was mapped there', () => {
    const profile = readFields(
      [2, message([1, 1], [2, 1])],
      [3, message([1, 9], [5, 4])],
      [4, message([1, 1], [2, 9], [3, 0xffffffff81000123n])],
    );
    assert.deepEqual(profile.functions, [
      { name: '0xffffffff81000123 [main.py]', file: undefined, line: undefined },
    ]);
  });

  it('tell threads of one name apart by their ids', () => {
    const worker = (id: number): Field => [
      2,
      message([1, 1], [2, 1], [3, message([1, 6], [2, 7])], [3, message([1, 8], [3, id])]),
    ];
    const profile = readFields(
      worker(11),
      worker(12),
      [2, message([1, 1], [2, 1])],
      mainLocation,
      mainFunction,
    );
    assert.deepEqual(
      stacksOf(profile).lanes.map(({ name }) => name),
      ['worker (Thread 11)', 'worker (Thread 12)', 'Samples'],
    );
  });

  it('have no executing lines where all are the first lines of their functions', () => {
    const location: Field = [4, message([1, 1], [4, message([1, 1], [2, 2])])];
    const profile = readFields([2, message([1, 1], [2, 1])], location, mainFunction);
    assert.deepEqual([...weightsByStack(profile).keys()], ['main main.py:']);
    assert.equal(profile.functions[0]?.line, 2);
  });

  for (const [what, fields, text] of [
    ['negative values', [[2, message([1, 1], [2, -5])]], /difference of two profiles/],
    ['samples without a value', [[2, message([1, 1])]], /lacks a value/],
    ['locations that are missing', [[2, message([1, 4], [2, 1])]], /location 4 is missing/],
    ['numbers for messages', [[2, message([3, 5])]], /at byte \d+, field 3 is of the wrong type/],
  ] as const) {
    it(`are refused with ${what}`, () => {
      const bytes = profileOf(...(fields as readonly Field[]), mainLocation, mainFunction);
      const refused = { name: 'ProfileError', reason: 'broken', message: text };
      assert.throws(() => readProfile({ bytes, name: '' }), refused);
    });
  }

  it('do not multiply by inlined calls', () => {
    const line: Field = [4, message([1, 1], [2, 7])];
    const deep = message([1, 2], ...Array.from({ length: 20_000 }, () => line));
    const ids = packed(...Array.from({ length: 20_000 }, () => 2));
    const bytes = profileOf([4, deep], mainFunction, [2, message([1, ids], [2, 1])]);
    assert.throws(() => readProfile({ bytes, name: '' }), /without end/);
  });

  it('are told from text and from other messages', () => {
    for (const text of ['\n\n', '\n  _     ._   __/__', '\n\t\t\n\t', '\n \b\u0001']) {
      assert.equal(detectFormat(Buffer.from(text)), undefined);
    }
    assert.equal(detectFormat(message([1, message([1, 1])], [40, 1])), undefined);
    assert.equal(detectFormat(message([1, 'name'], [2, 'value'])), undefined);
  });

  it('are told where the file ends early, and that it does', () => {
    const bytes = profileOf([2, message([1, 1], [2, 1])]);
    for (const end of [7, 11, 12, bytes.length - 1]) {
      const cut = bytes.subarray(0, end);
      assert.throws(() => readProfile({ bytes: cut, name: '' }), { reason: 'incomplete' });
    }
  });
});
