import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { carryLines } from '../../../../src/core/derive/lineDiff';

/** Where each line went: its 1-based line, with `~` where it was changed, `-` where it was deleted. */
function carried(before: readonly string[], after: readonly string[]): string {
  return carryLines(before, after)
    .map((to) => (to ? `${to.line + 1}${to.isChanged ? '~' : ''}` : '-'))
    .join(' ');
}

const VIEW = [
  'def view(request):',
  '    items = load()',
  '    total = add(items)',
  '    return total',
];

describe('lines that are carried to a later text', () => {
  it('stay where nothing changed', () => {
    assert.equal(carried(VIEW, VIEW), '1 2 3 4');
    assert.equal(carried([], VIEW), '');
    assert.equal(carried(VIEW, []), '- - - -');
  });

  it('move with what is inserted and deleted above them', () => {
    const [def = '', load = '', add = '', end = ''] = VIEW;
    assert.equal(carried(VIEW, ['import os', '', def, load, '    log()', add, end]), '3 4 6 7');
    assert.equal(carried(VIEW, [def, add, end]), '1 - 2 3');
  });

  it('are changed where they read otherwise, and not where only their indentation does', () => {
    const changed = VIEW.map((text) => (text.includes('add') ? '    total = add(items, 2)' : text));
    assert.equal(carried(VIEW, changed), '1 2 3~ 4');
    const within = [VIEW[0] ?? '', '    if True:', ...VIEW.slice(1).map((text) => `    ${text}`)];
    assert.equal(carried(VIEW, within), '1 3 4 5');
  });

  it('are found among lines that were inserted beside them', () => {
    const after = [...VIEW.slice(0, 2), '    print(1)', '    total = add(items, 2)', VIEW[3] ?? ''];
    assert.equal(carried(VIEW, after), '1 2 4~ 5');
  });

  it('are not taken for others that have nothing in common with them', () => {
    const before = ['a', 'x = first(1)', 'y = second(2)', 'b'];
    assert.equal(carried(before, ['a', 'for each in all:', 'raise', 'while b', 'b']), '1 - - 5');
  });

  it('are found where a function was moved', () => {
    const first = ['def first():', '    return one_thing()'];
    const second = ['def second():', '    return another()'];
    assert.equal(carried([...first, ...second], [...second, ...first]), '3 4 1 2');
  });

  it('are told apart where the same text stands several times', () => {
    const before = ['if a:', 'return', 'if b:', 'return', 'if c:', 'return'];
    const after = ['if a:', 'return', 'if new:', 'return', 'if b:', 'return', 'if c:', 'return'];
    assert.equal(carried(before, after), '1 2 5 6 7 8');
  });

  it('never share a line', () => {
    const random = (seed: number) => () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const next = random(7);
    const text = (): string[] =>
      Array.from(
        { length: Math.floor(next() * 40) },
        () => `line number ${Math.floor(next() * 12)}`,
      );
    for (let round = 0; round < 300; round += 1) {
      const [before, after] = [text(), text()];
      const found = carryLines(before, after);
      const places = found.flatMap((to) => to?.line ?? []);
      assert.equal(new Set(places).size, places.length);
      for (const [line, to] of found.entries()) {
        if (to) assert.equal(before[line] !== after[to.line], to.isChanged);
      }
    }
  });
});
