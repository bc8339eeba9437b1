import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rowText, tableWidth, timingTable, titlesText } from '../../../../src/views/gutter/columns';
import type { AnnotatedFile, Annotations } from '../../../../src/core/derive/annotations';
import type { PercentBase } from '../../../../src/views/gutter/percentBase';
import { annotations, func, line, VIEWS } from './sampleAnnotations';

/** The table as it stands beside the source, a line a row. */
function printed(of: Annotations, mode: 'compact' | 'full', base: PercentBase): string[] {
  const { columns, rows } = timingTable(of, mode, base).files.get(VIEWS) ?? assert.fail();
  return [
    titlesText(columns),
    ...rows.map(({ line, cells }) => `${rowText(columns, cells)}  ${line}`),
  ];
}

/** What line_profiler 5.0.2 printed as `outer` of `lp_target.py`, unit 1 µs. */
const OUTER = annotations(
  'exact',
  {
    functions: [func('outer', { line: 12, total: 0.00217751 })],
    lines: [
      line(14, 11.2e-6, { hits: 1 }),
      line(15, 70.1e-6, { hits: 1 }),
      line(16, 0.2e-6, { hits: 1 }),
      line(18, 2092.1e-6, { hits: 1 }),
      line(19, 3.7e-6, { hits: 2 }),
    ],
  },
  { total: 0.00223 },
);

describe('columns of exact lines', () => {
  it("are line_profiler's, with its numbers, aligned to the right", () => {
    assert.deepEqual(printed(OUTER, 'full', 'function'), [
      'Hits    Time  Per Hit  % Time',
      '   1    11.2     11.2     0.5  14',
      '   1    70.1     70.1     3.2  15',
      '   1     0.2      0.2     0.0  16',
      '   1  2092.1   2092.1    96.1  18',
      '   2     3.7      1.9     0.2  19',
    ]);
  });

  it('are only % Time when compact', () => {
    assert.deepEqual(printed(OUTER, 'compact', 'function').slice(0, 3), [
      '% Time',
      '   0.5  14',
      '   3.2  15',
    ]);
  });

  it('leave blank what the profile does not tell', () => {
    const unknownHits = annotations('exact', {
      functions: [func('f', { total: 0 })],
      lines: [line(3, 0.25)],
    });
    assert.deepEqual(printed(unknownHits, 'full', 'function'), [
      'Hits   Time  Per Hit  % Time',
      '      250.0                   3',
    ]);
  });

  it('turn to scientific notation where line_profiler does', () => {
    const wide = annotations(
      'exact',
      {
        functions: [func('f', { total: 90_000_000 })],
        lines: [line(1, 90_000_000, { hits: 12_345_678_901 })],
      },
      { total: 1e-3 },
    );
    assert.match(printed(wide, 'full', 'function')[1] ?? '', /^1\.23457e\+10 +9e\+13 +7290\.0 /);
  });

  it('take a unit in which the whole profile can be read', () => {
    const unitOf = (total: number): string =>
      timingTable({ ...OUTER, total }, 'full', 'request').unit.label;
    assert.deepEqual([0.05, 1.5, 3600].map(unitOf), ['µs', 'ms', 's']);
  });
});

describe('columns of counted events', () => {
  it('have no fractions', () => {
    const counted = annotations(
      'exact',
      { functions: [func('main', { total: 7102 })], lines: [line(3, 201)] },
      { unit: 'events', total: 7102 },
    );
    assert.deepEqual(printed(counted, 'full', 'request'), [
      'Hits  Events  Per Hit  % Events',
      '         201                2.8  3',
    ]);
  });
});

describe('columns of sampled lines', () => {
  it('count samples and part a line’s own time from that of what it called', () => {
    const sampled = annotations('sampled', {
      functions: [func('view', { total: 0.9 })],
      lines: [line(7, 0.9, { hits: 90, self: 0.1, measured: 'sampled' })],
    });
    assert.deepEqual(printed(sampled, 'full', 'request'), [
      'Samples   Time   Self  % Time',
      '     90  900.0  100.0    90.0  7',
    ]);
  });
});

describe('columns of a profile with several kinds of lines', () => {
  const mixed = annotations('exact', {
    functions: [func('view', { total: 0.9 })],
    lines: [
      line(7, 0.5, { hits: 4 }),
      line(8, 0.25, { hits: 200_000, measured: 'estimated' }),
      line(9, 0.125, { hits: 25, self: 0.1, measured: 'sampled' }),
    ],
  });

  it('mark what was estimated, and do not take samples for hits', () => {
    assert.deepEqual(printed(mixed, 'full', 'request'), [
      '   Hits    Time  Per Hit  % Time',
      '      4   500.0    125.0    50.0  7',
      '≈200000  ≈250.0     ≈0.0    25.0  8',
      '          125.0             12.5  9',
    ]);
  });

  it('say how many queries a line sent and how long they took together', () => {
    const queries = [{ line: 8, count: 1021, time: 0.01234, statements: [] }];
    const file = { ...mixed.files.get(VIEWS), functions: [], lines: [line(8, 0.25, { hits: 4 })] };
    const sent = annotations('exact', { ...file, queries });
    assert.deepEqual(printed(sent, 'full', 'request'), [
      'Hits   Time  Per Hit  % Time               SQL',
      '   4  250.0     62.5    25.0  1,021 in 12.3 ms  8',
    ]);
    assert.deepEqual(printed(sent, 'compact', 'request'), ['% Time', '  25.0  8']);
  });

  it('mark the line that repeats a query, beside files with queries only', () => {
    const statement = { statement: 'SELECT 1', count: 20, time: 0.01, rows: 20 };
    const queries = [{ line: 8, count: 20, time: 0.01, statements: [statement] }];
    const file = { functions: [], lines: [line(8, 0.25, { hits: 4 })] };
    const { files } = timingTable(
      annotations('exact', file, {
        files: new Map<string, AnnotatedFile>([
          ['other.py', file],
          [VIEWS, { ...file, queries }],
        ]),
      }),
      'full',
      'request',
    );
    assert.equal(files.get(VIEWS)?.rows[0]?.cells.at(-1), 'N+1 20 in 10 ms');
    assert.equal(files.get('other.py')?.columns.at(-1)?.title, '% Time');
  });
});

describe('columns of memory', () => {
  it("are memory_profiler's, in MiB, with shares of all growth", () => {
    const mebibyte = 2 ** 20;
    const memory = annotations(
      'memory',
      {
        functions: [],
        lines: [
          line(3, 7.5 * mebibyte, { hits: 1000, peak: 8 * mebibyte, func: -1 }),
          line(4, -0.25 * mebibyte, { hits: 2, func: -1 }),
          line(5, -32, { hits: 0, func: -1 }),
        ],
      },
      { unit: 'bytes', total: 7.5 * mebibyte },
    );
    assert.deepEqual(printed(memory, 'full', 'growth'), [
      'Growth MiB  Peak MiB  Allocations  % Growth',
      '     7.500     8.000         1000     100.0  3',
      '    -0.250                      2            4',
      '     0.000                      0            5',
    ]);
  });
});

describe('columns of the memory of a process', () => {
  it("are memory_profiler's, and what was in use before a function is no growth", () => {
    const mebibyte = 2 ** 20;
    const measured = (inUse: number, increment: number, occurrences: number | undefined) => ({
      process: { inUse: inUse * mebibyte, increment: increment * mebibyte, occurrences },
      hits: occurrences,
      func: -1,
    });
    const memory = annotations(
      'memory',
      {
        functions: [],
        lines: [
          line(4, 0, measured(26.402, 73.117, 3)),
          line(6, 3.043 * mebibyte, measured(26.402, 3.043, 3)),
          line(9, -1.527 * mebibyte, measured(29.457, -1.527, undefined)),
        ],
      },
      { unit: 'bytes', total: 3.043 * mebibyte },
    );
    assert.deepEqual(printed(memory, 'full', 'growth'), [
      'Mem usage MiB  Increment MiB  Occurrences  % Growth',
      '       26.402         73.117            3            4',
      '       26.402          3.043            3     100.0  6',
      '       29.457         -1.527                         9',
    ]);
  });
});

describe('columns of functions', () => {
  const pstats = annotations('none', {
    functions: [
      func('fib', { line: 4, calls: 177, primitiveCalls: 1, self: 0.25, total: 0.5 }),
      func('view', { line: 1, calls: 3, primitiveCalls: 3, self: 0.001, total: 1 }),
      func('<lambda>', { line: 1, calls: 9, primitiveCalls: 9, self: 0.1, total: 0.1 }),
      func('<built-in>', { total: 0.2 }),
    ],
    lines: [],
  });

  it("are pstats', on definition lines, with primitive calls where there was recursion", () => {
    assert.deepEqual(printed(pstats, 'full', 'request'), [
      'Calls  Tottime  Cumtime  % Time',
      '    3      1.0   1000.0   100.0  1',
      '177/1    250.0    500.0    50.0  4',
    ]);
  });
});

describe('the table', () => {
  it('is as wide beside every file of a profile', () => {
    const { columns } = timingTable(OUTER, 'full', 'function').files.get(VIEWS) ?? assert.fail();
    assert.equal(tableWidth(columns), titlesText(columns).length);
  });

  it('has no row for a file without costs', () => {
    const nothing = annotations('none', { functions: [func('f', { total: 1 })], lines: [] });
    assert.equal(timingTable(nothing, 'full', 'request').files.size, 0);
  });
});
