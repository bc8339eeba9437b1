import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Dict } from '../../../../src/core/formats/encoding/dict';
import {
  PickleGlobal,
  PickleObject,
  readPickle,
  type PickleValue,
} from '../../../../src/core/formats/encoding/pickle';

/** @param pickle as Latin-1 */
function read(pickle: string): PickleValue {
  return readPickle(Buffer.from(pickle, 'latin1'), ({ name }) => name === 'Known');
}

describe('pickle', () => {
  // Each made by Python's pickle, or put together from Lib/pickletools.py.
  for (const [what, pickle, expected] of [
    ['protocol 0 text', "S'it\\'s \\xe9'\n.", "it's é"],
    ['protocol 0 unicode', 'V\\u20ac \\U0001f600 \xe9\n.', '€ 😀 é'],
    ['protocol 0 booleans', '(I01\nI00\nt.', [1, 0]],
    ['a long as text', 'L1180591620717411303424L\n.', 2n ** 70n],
    ['a negative long', '\x80\x02\x8a\x02\x00\xff.', -256],
    ['the empty long', '\x80\x02\x8a\x00.', 0],
    ['a four-byte long', '\x80\x02\x8b\x01\x00\x00\x00\x05.', 5],
    ['small ints', '\x80\x02(K\xffM\xff\xffJ\xff\xff\xff\xfft.', [255, 65535, -1]],
    ['floats', '(F1e-06\nG?\xf0\x00\x00\x00\x00\x00\x00t.', [1e-6, 1]],
    ['constants', '\x80\x02N\x88\x89\x87.', [null, true, false]],
    ['short strings', '\x80\x04(U\x01\xe9\x8c\x02\xc3\xa9X\x01\x00\x00\x00at.', ['é', 'é', 'a']],
    ['a memoized list', '\x80\x04]\x94K\x01ah\x00\x86.', [[1], [1]]],
    ['put and get by text', '(lp5\nI1\nag5\n\x86.', [[1], [1]]],
    ['stack operations', 'I1\n2I2\n0(I3\n1\x86.', [1, 1]],
  ] as const) {
    it(`reads ${what}`, () => {
      assert.deepEqual(read(pickle), expected);
    });
  }

  it('makes inert objects of allowed classes', () => {
    for (const pickle of [
      'ccopy_reg\n_reconstructor\n(cmodule\nKnown\nc__builtin__\nobject\nNtR(dS"a"\nI1\nsb.',
      '\x80\x02cmodule\nKnown\n)\x81}U\x01aK\x01sb.',
      '\x80\x04\x8c\x06module\x8c\x05Known\x93)\x81}(\x8c\x01aK\x01ub.',
    ]) {
      const object = read(pickle);
      assert.ok(object instanceof PickleObject);
      assert.deepEqual(object.type, new PickleGlobal('module', 'Known'));
      assert.ok(object.state instanceof Dict);
      assert.equal(object.state.get('a'), 1);
    }
  });

  it('keeps __proto__ a key like any other', () => {
    const dict = read('(dS"__proto__"\n(dS"polluted"\nI1\nss.');
    assert.ok(dict instanceof Dict && dict.get('__proto__') instanceof Dict);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('names the function that it refuses to run', () => {
    assert.throws(() => read("cos\nsystem\n(S'touch /tmp/hacked'\ntR."), {
      name: 'ProfileError',
      message: /os\.system/,
      reason: 'broken',
    });
  });

  for (const [what, pickle, reason] of [
    ['a class given as text', '\x80\x04\x8c\x02os\x8c\x06system\x93.', 'broken'],
    ['a call of an allowed class', '\x80\x02cmodule\nKnown\n)R.', 'broken'],
    ['an instance by opcode INST', '(imodule\nKnown\n.', 'broken'],
    ['an extension code', '\x80\x02\x82\x01.', 'broken'],
    ['a persistent id', 'Pid\n.', 'broken'],
    ['a missing value', '\x80\x02.', 'broken'],
    ['a missing mark', '\x80\x02t.', 'broken'],
    ['a missing memo', '\x80\x02h\x07.', 'broken'],
    ['a key without a value', '\x80\x02}(K\x01u.', 'broken'],
    ['a string larger than the file', '\x80\x02X\xff\xff\xff\xffa.', 'incomplete'],
    ['a string of a negative size', '\x80\x02T\xff\xff\xff\xffa.', 'broken'],
    ['a number of two billion digits', '\x80\x02\x8b\xff\xff\xff\x7f.', 'broken'],
    ['text without its end', "S'abc", 'incomplete'],
    ['no end', '\x80\x02N', 'incomplete'],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(pickle), { name: 'ProfileError', reason });
    });
  }
});
