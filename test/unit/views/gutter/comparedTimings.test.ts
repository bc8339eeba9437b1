import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotateComparison } from '../../../../src/core/derive/comparison/annotateComparison';
import type { Annotations } from '../../../../src/core/derive/annotations';
import type { FileTexts } from '../../../../src/core/derive/comparison/lineDeltas';
import type { ExactLine, Profile } from '../../../../src/core/model/profile';
import { rowText, timingTable, titlesText } from '../../../../src/views/gutter/columns';
import { hoverText } from '../../../../src/views/gutter/hoverText';
import { percentBase } from '../../../../src/views/gutter/percentBase';
import { readSample } from '../../core/formats/samples';
import { compare } from '../../core/derive/comparison/sides';

const FILE = 'views.py';

/** A profile of one function, at a line, with the hits and milliseconds of some of its lines. */
function timed(
  definition: number,
  lines: readonly (readonly [line: number, hits: number, ms: number])[],
): Profile {
  return {
    format: 'test',
    unit: 'seconds',
    total: lines.reduce((sum, [, , ms]) => sum + ms / 1000, 0),
    functions: [{ name: 'view', file: FILE, line: definition }],
    data: { kind: 'lineTimings' },
    lines: lines.map(([line, hits, ms]): ExactLine => ({
      func: 0,
      file: FILE,
      line,
      hits,
      self: undefined,
      total: ms / 1000,
    })),
    request: {},
    warnings: [],
  };
}

const BEFORE = timed(1, [
  [2, 10, 40],
  [3, 1, 8],
]);
const AFTER = timed(4, [
  [5, 10, 58],
  [6, 1, 2],
  [7, 1, 1],
]);

function annotated(before: Profile, after: Profile, texts?: FileTexts): Annotations {
  return annotateComparison(compare(before, after), () => texts);
}

/** The table as it stands beside the source, a line a row. */
function printed(of: Annotations, mode: 'compact' | 'full', file = FILE): string[] {
  const { columns, rows } =
    timingTable(of, mode, percentBase('auto', of)).files.get(file) ?? assert.fail();
  return [
    titlesText(columns),
    ...rows.map(({ line, cells }) => `${rowText(columns, cells)}  ${line}`),
  ];
}

describe('the changes beside the lines', () => {
  it('stand at the lines of the side after, with their signs', () => {
    assert.deepEqual(printed(annotated(BEFORE, AFTER), 'full'), [
      'Before  After  Change  % Change',
      ' 40 ms  58 ms  +18 ms     +45 %  5',
      '  8 ms   2 ms   −6 ms     −75 %  6',
      '     0   1 ms   +1 ms       new  7',
    ]);
  });

  it('are alone when compact', () => {
    assert.deepEqual(printed(annotated(BEFORE, AFTER), 'compact').slice(0, 2), [
      'Change',
      '+18 ms  5',
    ]);
  });

  it('go with the text where both texts are known', () => {
    const texts = {
      before: ['def view():', '    a()', '    b()'],
      after: ['', '', '', 'def view():', '    b()', '    c()', '    a()'],
    };
    const rows = printed(annotated(BEFORE, AFTER, texts), 'compact');
    // Line 3 of before, `b()`, is line 5 now.
    assert.match(rows[1] ?? '', /\+50 ms {2}5$/);
  });

  it('are zero between a profile and itself, in all that a real one has', () => {
    const sample = readSample('line_profiler/lp-5.0.2-cp311.lprof');
    const of = annotated(sample, sample);
    const changes = [...of.files].flatMap(([path]) =>
      timingTable(of, 'compact', 'before')
        .files.get(path)
        ?.rows.flatMap(({ cells }) => cells),
    );
    assert.ok(changes.length > 10);
    assert.deepEqual([...new Set(changes.map((cell) => cell?.replace(/ .*/, '')))], ['0']);
  });

  it('tell both sides in the hover, of the line and of its function', () => {
    const of = annotated(BEFORE, AFTER);
    const table = timingTable(of, 'full', 'before');
    const row = table.files.get(FILE)?.rows[0];
    const { unit, total, lineData } = of;
    const text = hoverText(
      {
        table,
        unit,
        total,
        lineData,
        row,
        func: row?.func,
        others: [],
        stale: undefined,
        hot: undefined,
      },
      undefined,
      4,
    );
    assert.match(text, /\| Time \| 40 ms \| 58 ms \| \+18 ms \(\+45 %\) \|/);
    assert.match(text, /\| Hits \| 10 \| 10 \| 0 \|/);
    assert.match(text, /\*\*view\*\*/);
    assert.match(text, /\| Total \| 48 ms \| 61 ms \| \+13 ms/);
  });

  it('are as hot as the request is changed by them, either way', () => {
    const of = annotated(BEFORE, AFTER);
    const rows = timingTable(of, 'full', 'before').files.get(FILE)?.rows ?? [];
    assert.deepEqual(
      rows.map(({ level }) => level),
      [4, 3, 2],
    );
  });
});
