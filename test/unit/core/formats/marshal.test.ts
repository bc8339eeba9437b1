import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Dict } from '../../../../src/core/formats/encoding/dict';
import {
  ellipsis,
  MarshalComplex,
  MarshalSet,
  MarshalSlice,
  readMarshal,
  stopIteration,
  type MarshalValue,
} from '../../../../src/core/formats/encoding/marshal';
import {
  bytesOfType,
  dict,
  int,
  none,
  referable,
  reference,
  sized,
  text,
  tuple,
} from './marshalWriter';
import { readFixture } from './samples';

const ascii = (value: string): Buffer => Buffer.from(value, 'latin1');

function entry(value: MarshalValue, key: string): MarshalValue | undefined {
  assert.ok(value instanceof Dict);
  return value.get(key);
}

describe('marshal', () => {
  for (const version of ['cp314', 'cp315']) {
    it(`reads every type that ${version} writes`, () => {
      const shapes = readMarshal(readFixture(`pstats/marshal-shapes-${version}-pyodide.bin`));
      assert.equal(entry(shapes, 'big'), 2n ** 70n);
      assert.equal(entry(shapes, 'neg'), -1099511627776);
      assert.deepEqual(entry(shapes, 'list'), [1, [2, 3]]);
      assert.equal(entry(shapes, 'b'), 'ÿ');
      assert.equal(entry(shapes, 'u'), 'café € 😀');
      assert.equal(entry(shapes, 'none'), null);
      assert.equal(entry(shapes, 't'), true);
      assert.deepEqual(entry(shapes, 'set'), new MarshalSet([1]));
      assert.deepEqual(entry(shapes, 'fs'), new MarshalSet([1, 2]));
      assert.equal(entry(shapes, 'inf'), Infinity);
      assert.equal(entry(shapes, 'e'), ellipsis);
      assert.equal(entry(shapes, 'long'), 'x'.repeat(300));
      assert.deepEqual(
        entry(shapes, 'tup'),
        Array.from({ length: 300 }, (_, n) => n),
      );
    });
  }

  it('reads slices and frozen dicts', () => {
    const slices = readMarshal(readFixture('pstats/marshal-slice-cp315-pyodide.bin'));
    assert.deepEqual(entry(slices, 's'), new MarshalSlice(1, null, 2));
    const dicts = readMarshal(readFixture('pstats/marshal-frozendict-cp315-pyodide.bin'));
    const frozen = entry(dicts, 'f') ?? null;
    assert.equal(entry(frozen, 'k'), 1);
  });

  for (const [what, bytes, expected] of [
    ['a text float', ascii('f\x042e-3'), 0.002],
    ['an infinite text float', ascii('f\x04-inf'), -Infinity],
    ['a text complex', ascii('x\x011\x042e-3'), new MarshalComplex(1, 0.002)],
    ['a 64-bit int', ascii('I\xff\xff\xff\xff\xff\xff\xff\xff'), -1],
    ['StopIteration', ascii('S'), stopIteration],
    ["Python 2's string that is no UTF-8", bytesOfType('s', ascii('caf\xe9')), 'café'],
    ['a lone surrogate', bytesOfType('u', ascii('a\xed\xb3\xa9b')), 'a\udce9b'],
    ['an interned lone surrogate', bytesOfType('t', ascii('a\xed\xb3\xa9b')), 'a\udce9b'],
    ['a flagged object and its reference', tuple(referable(int(5)), reference(0)), [5, 5]],
    [
      "Python 2's reference to an interned string",
      tuple(bytesOfType('t', ascii('a')), bytesOfType('t', ascii('b')), sized('R', 1)),
      ['a', 'b', 'b'],
    ],
    [
      'a container that takes its number before its items',
      tuple(referable(tuple(referable(text('a')))), reference(0), reference(1)),
      [['a'], ['a'], 'a'],
    ],
  ] as const) {
    it(`reads ${what}`, () => {
      assert.deepEqual(readMarshal(bytes), expected);
    });
  }

  for (const [what, bytes, reason] of [
    ['a code object', ascii('c'), 'broken'],
    ['an object that could not be marshalled', ascii('?'), 'broken'],
    ['a negative size', sized('(', -1), 'broken'],
    ['a tuple larger than the file', Buffer.concat([sized('(', 2 ** 31 - 1), none]), 'incomplete'],
    ['a string larger than the file', sized('u', 2 ** 31 - 1), 'incomplete'],
    ['a number larger than the file', sized('l', 2 ** 31 - 1), 'incomplete'],
    ['a number of the smallest size there is', sized('l', -(2 ** 31)), 'incomplete'],
    ['an object that contains itself', referable(tuple(reference(0))), 'broken'],
    ['objects nested without end', Buffer.alloc(100_000, ascii(')\x01')), 'broken'],
    ['a dict whose last key has no value', dict(int(1)), 'broken'],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readMarshal(bytes), { name: 'ProfileError', reason });
    });
  }
});
