import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonChecks, parseJson } from '../../../../src/core/formats/encoding/json';
import { jsonOutline } from '../../../../src/core/formats/encoding/jsonOutline';

function outline(text: string): [kind: string, ...keys: string[]] {
  const { kind, keys } = jsonOutline(Buffer.from(text));
  return [kind, ...keys];
}

describe('JSON', () => {
  it('that cannot be read tells where reading stopped', () => {
    assert.throws(() => parseJson(Buffer.from('{"a": 1, b}'), 'tool'), {
      reason: 'broken',
      message: 'The tool data is damaged: it is not JSON from character 10 on.',
    });
  });

  it('that ends in the middle is incomplete', () => {
    for (const text of ['{"a": [1', '[{"a": 1}', '{"a": "b', '']) {
      assert.throws(() => parseJson(Buffer.from(text), 'tool'), { reason: 'incomplete' });
    }
  });

  it('is checked with the name of its format', () => {
    const { object, array, number, text } = jsonChecks('tool');
    for (const check of [object, array, number, text]) {
      assert.throws(() => check(null), { message: /^The tool data is damaged: .* is missing\.$/ });
    }
    assert.throws(() => object([]));
    assert.throws(() => number(1e308));
    assert.throws(() => number(NaN));
  });
});

describe('the outline of JSON', () => {
  it('has the keys of an object, however it goes on', () => {
    assert.deepEqual(outline('\n {"a": {"b": [{"c": 1}]}, "d\\"": "e:", "f"'), [
      'object',
      'a',
      'd\\"',
    ]);
    assert.deepEqual(outline('{"a": "{", "b": 1}\n{"c": 2}'), ['object', 'a', 'b']);
  });

  it('has the keys of the first item of a list', () => {
    assert.deepEqual(outline('[{"a": {"b": 1}, "c": 2}, {"d": 3}]'), ['list', 'a', 'c']);
    assert.deepEqual(outline('[[{"a": 1}]]'), ['list']);
  });

  it('is empty for what is no JSON', () => {
    assert.deepEqual(outline('a: {"b": 1}'), ['other']);
    assert.deepEqual(outline(''), ['other']);
  });
});
