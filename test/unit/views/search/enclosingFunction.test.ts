import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enclosingFunction, isMeantBy } from '../../../../src/views/search/enclosingFunction';

const SOURCE = `"""Module text,
def not_a_function():
"""
import os


class Cart(
    Base,
):
    size = 1

    @property
    @cached(
        timeout=1,
    )
    def total(self):
        query = """
select (
def no(
"""
        return sum(
    item.price for item in self
        )

    async def get(self): # comment with ( and '
        def inner(value):
            return value[")"] + '#('

        return inner


def get(request):

    return 1

if True:
    value = 'x'
`;

const LINES = SOURCE.split('\n');

/** The function around the first line with this text. */
function around(text: string): string {
  const line = LINES.findIndex((each) => each.includes(text)) + 1;
  assert.ok(line > 0, text);
  return enclosingFunction(SOURCE, line).qualifiedName;
}

describe('enclosingFunction', () => {
  it('begins where profilers see it begin, at its first decorator', () => {
    const line = LINES.findIndex((each) => each.includes('query =')) + 1;
    const { firstLine, line: definition } = enclosingFunction(SOURCE, line);
    assert.equal(LINES[firstLine - 1], '    @property');
    assert.equal(LINES[definition - 1], '    def total(self):');
    const plain = enclosingFunction(SOURCE, LINES.indexOf('    return 1') + 1);
    assert.equal(plain.firstLine, plain.line);
  });

  it('is told as Python names it', () => {
    assert.equal(around('size = 1'), 'Cart');
    assert.equal(around('query ='), 'Cart.total');
    assert.equal(around('return inner'), 'Cart.get');
    assert.equal(around('return value['), 'Cart.get.<locals>.inner');
    assert.equal(around('return 1'), 'get');
  });

  it('is the module outside of all functions', () => {
    assert.equal(around('import os'), '<module>');
    assert.equal(around("value = 'x'"), '<module>');
    assert.equal(around('not_a_function'), '<module>');
  });

  it('is not misled by text and brackets that stand further left', () => {
    assert.equal(around('def no('), 'Cart.total');
    assert.equal(around('item.price'), 'Cart.total');
    assert.equal(around('Base,'), 'Cart');
  });

  it('is, of a decorator, the function below', () => {
    assert.equal(around('@property'), 'Cart.total');
    assert.equal(around('timeout=1'), 'Cart.total');
  });

  it('is found in files with Windows line ends and in broken ones', () => {
    const windows = SOURCE.replaceAll('\n', '\r\n');
    assert.equal(enclosingFunction(windows, 17).qualifiedName, 'Cart.total');
    assert.equal(enclosingFunction('def f():\n  x = """never closed\n', 3).name, 'f');
    assert.equal(enclosingFunction('', 1).qualifiedName, '<module>');
  });
});

describe('isMeantBy', () => {
  const line = LINES.findIndex((text) => text.includes('async def get')) + 1;
  const method = enclosingFunction(SOURCE, line);
  const func = enclosingFunction(
    SOURCE,
    LINES.findIndex((text) => text === 'def get(request):') + 1,
  );

  it('tells methods by their class where the profile has it', () => {
    assert.ok(isMeantBy(method, { name: 'Cart.get', line: 1 }));
    assert.ok(!isMeantBy(method, { name: 'Order.get', line }));
    assert.ok(!isMeantBy(func, { name: 'Cart.get', line: func.line }));
  });

  it('tells functions of one bare name by the nearest definition', () => {
    assert.ok(isMeantBy(method, { name: 'get', line: line - 1 }));
    assert.ok(!isMeantBy(func, { name: 'get', line: line - 1 }));
    assert.ok(isMeantBy(func, { name: 'get', line: func.line + 40 }));
    assert.ok(isMeantBy(func, { name: 'get', line: 0 }));
    assert.ok(!isMeantBy(func, { name: 'set', line: func.line }));
  });
});
