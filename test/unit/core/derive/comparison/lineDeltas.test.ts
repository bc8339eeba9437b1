import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Comparison } from '../../../../../src/core/derive/comparison/comparison';
import { lineDeltas, type FileTexts } from '../../../../../src/core/derive/comparison/lineDeltas';
import type { ExactLine, Func, Profile } from '../../../../../src/core/model/profile';
import { readSample } from '../../formats/samples';
import { compare } from './sides';

/** A profile of measured lines from `function line hits total`, in functions at the lines given. */
function timed(definitions: Readonly<Record<string, number>>, text: string): Profile {
  const functions = Object.entries(definitions).map(([name, line]): Func => ({
    name,
    file: 'app.py',
    line,
  }));
  const lines = text
    .trim()
    .split('\n')
    .map((row): ExactLine => {
      const [name = '', line, hits, total] = row.trim().split(' ');
      const func = functions.findIndex((each) => each.name === name);
      const self = undefined;
      return {
        func,
        file: 'app.py',
        line: Number(line),
        hits: Number(hits),
        self,
        total: Number(total),
      };
    });
  return {
    format: 'test',
    unit: 'seconds',
    total: lines.reduce((sum, { total }) => sum + total, 0),
    functions,
    data: { kind: 'lineTimings' },
    lines,
    request: {},
    warnings: [],
  };
}

/** Draws the lines of a file: line before and after, time before and after. */
function draw(comparison: Comparison, path: string, texts?: FileTexts): string[] {
  const file = comparison.lines.files.find(({ before, after }) => (after ?? before)?.path === path);
  assert.ok(file);
  return lineDeltas(comparison, file, texts).map(
    ({ line, lineBefore, time }) =>
      `${lineBefore ?? '·'} > ${line ?? '·'}: ${time.before ?? '?'} → ${time.after ?? '?'}`,
  );
}

describe('lines of both sides', () => {
  const before = timed({ view: 1, load: 10 }, 'view 2 1 5\nview 3 1 1\nload 11 4 8');

  it('moved as their functions did', () => {
    const after = timed({ view: 1, load: 15 }, 'view 2 1 6\nload 16 4 3\nload 17 1 1');
    assert.deepEqual(draw(compare(before, after), 'app.py'), [
      '2 > 2: 5 → 6',
      '3 > 3: 1 → 0',
      '11 > 16: 8 → 3',
      '· > 17: 0 → 1',
    ]);
  });

  it('are found by the difference of the texts, where these are given', () => {
    const after = timed({ view: 2, load: 10 }, 'view 3 1 6\nview 5 1 2\nload 11 4 3');
    const texts = {
      before: ['def view():', '    items = load()', '    return render(items)'],
      after: [
        '@cached',
        'def view():',
        '    items = load()',
        '    check(1)',
        '    return render(items)',
      ],
    };
    assert.deepEqual(draw(compare(before, after), 'app.py', texts), [
      '2 > 3: 5 → 6',
      '3 > 5: 1 → 2',
      '· > 11: 0 → 3',
      '11 > ·: 8 → 0',
    ]);
  });

  it('are gone where another function stands now', () => {
    const after = timed({ view: 1, load: 2 }, 'load 3 4 8');
    assert.deepEqual(draw(compare(before, after), 'app.py'), [
      '2 > 2: 5 → ?',
      '11 > 3: 8 → 8',
      '3 > ·: 1 → ?',
    ]);
  });

  it('of times and of memory are not compared with each other', () => {
    const memory = readSample('hotline/report.memory.speedscope.json');
    const times = readSample('hotline/report.lines.speedscope.json');
    const { lines, unit } = compare(memory, times);
    assert.equal(lines.data, 'none');
    assert.equal(lines.unit, unit);
  });

  it('are unknown where nobody followed their function', () => {
    const after = timed({ view: 1 }, 'view 2 1 6');
    assert.deepEqual(draw(compare(before, after), 'app.py'), [
      '2 > 2: 5 → 6',
      '3 > 3: 1 → 0',
      '11 > ·: 8 → ?',
    ]);
  });

  it('are means of the requests that measured lines', () => {
    const other = timed({ view: 1, load: 10 }, 'view 2 3 7');
    const unmeasured = { ...other, lines: [] };
    const comparison = compare(before, [other, before, unmeasured]);
    assert.equal(draw(comparison, 'app.py')[0], '2 > 2: 5 → 6');
    const [file] = comparison.lines.files;
    assert.deepEqual(file && lineDeltas(comparison, file)[0]?.hits, { before: 1, after: 2 });
  });

  it('of samples do not compare their hits with those that were counted', () => {
    const sampled = {
      ...before,
      lines: before.lines.map((line) => ({ ...line, isSampled: true })),
    };
    const comparison = compare(sampled, before);
    const [file] = comparison.lines.files;
    for (const { hits, time } of file ? lineDeltas(comparison, file) : []) {
      assert.deepEqual(hits, { before: undefined, after: undefined });
      assert.equal(time.before, time.after);
    }
  });

  it('are those that define functions, where none were measured', () => {
    const stats = readSample('pstats/cprofile-cp311.prof');
    const comparison = compare(stats, {
      ...stats,
      functions: stats.functions.map((func) => ({ ...func, line: func.line && func.line + 3 })),
    });
    const file = comparison.lines.files.find(({ after }) => after?.path.endsWith('.py'));
    const deltas = file ? lineDeltas(comparison, file) : [];
    assert.ok(deltas.length > 0);
    for (const { line, lineBefore, isFunction, time, func } of deltas) {
      assert.equal(line, (lineBefore ?? NaN) + 3);
      assert.equal(isFunction, true);
      assert.deepEqual(time, comparison.functions[func]?.total);
    }
  });

  it('of templates and of memory stand on the same line', () => {
    const memory = readSample('hotline/report.memory.speedscope.json');
    const { lines } = compare(memory, memory);
    assert.equal(lines.data, 'memory');
    assert.equal(lines.unit, 'bytes');
    const orders = readSample('hotline/orders.lines.speedscope.json');
    const [template] = orders.record?.templateLines ?? [];
    const comparison = compare(orders, orders);
    const file = comparison.lines.files.find(({ after }) => after?.path === template?.file);
    const delta = file && lineDeltas(comparison, file).find(({ line }) => line === template?.line);
    assert.deepEqual(delta?.time, { before: template?.total, after: template?.total });
    assert.equal(delta.func, -1);
  });
});
