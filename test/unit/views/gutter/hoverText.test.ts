import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  AnnotatedFile,
  AnnotatedLine,
  Annotations,
} from '../../../../src/core/derive/annotations';
import { timingTable } from '../../../../src/views/gutter/columns';
import { escapeMarkdown } from '../../../../src/platform/markdown';
import { hoverText, type HoverSubject } from '../../../../src/views/gutter/hoverText';
import { annotations, func, line, VIEWS } from './sampleAnnotations';

/** The hover on the first row of a profile. */
function hover(
  of: Annotations,
  { stale, hot }: Partial<Pick<HoverSubject, 'stale' | 'hot'>> = {},
): string {
  const table = timingTable(of, 'full', 'request');
  const row = table.files.get(VIEWS)?.rows[0];
  const { unit, total, lineData } = of;
  const subject = { table, unit, total, lineData, row, func: row?.func, others: [], stale, hot };
  return hoverText(subject, { name: row?.func?.name ?? '', file: VIEWS, line: 3 }, 6);
}

const LINES = annotations('exact', {
  functions: [
    func('view', {
      line: 3,
      calls: 2,
      total: 0.5,
      callers: [{ name: 'handle', file: '/app/base.py', line: 9, calls: 2, total: 0.5 }],
    }),
  ],
  lines: [line(7, 0.123456, { hits: 1234 })],
});

function withLine(of: AnnotatedLine, file: Partial<AnnotatedFile> = {}): Annotations {
  return annotations('exact', { functions: [func('view', { total: 1 })], lines: [of], ...file });
}

describe('the hover of a line', () => {
  it('has the full numbers, of the function and of the request', () => {
    const text = hover(LINES);
    assert.match(text, /\| Hits \| Time \| Per Hit \| % of function \| % of request \|/);
    assert.match(text, /\| 1,234 \| 123\.456 ms \| 100\.045 µs \| 24\.7 % \| 12\.3 % \|/);
  });

  it("has the function's totals and callers", () => {
    const text = hover(LINES);
    assert.match(text, /\*\*view\*\*: 2 calls, total 500 ms, 50\.0 % of request/);
    assert.match(text, /\| 2 \| 500 ms \| handle \\\(base\\\.py\\:9\\\) \|/);
  });

  it('links to the flamegraph and to the next hottest line, with arguments that read back', () => {
    const links = [...hover(LINES).matchAll(/\]\(command:([\w.]+)\?([^)]*)\)/g)].map(
      ([, command, query]) => [command, JSON.parse(decodeURIComponent(query ?? ''))] as unknown,
    );
    assert.deepEqual(links, [
      ['hotline.showInFlamegraph', [{ name: 'view', file: VIEWS, line: 3 }]],
      ['hotline.nextHotLine', [{ after: 6 }]],
    ]);
  });

  it('tells what of the time passed waiting, and what was estimated', () => {
    const text = hover(withLine(line(7, 0.5, { hits: 9, measured: 'estimated', waiting: 0.25 })));
    assert.match(text, /\| Hits \| Time \| of which waiting \| Per Hit \|/);
    assert.match(text, /\| ≈9 \| ≈500 ms \| 250 ms \| ≈55\.5556 ms \|/);
    assert.match(text, /estimated/);
  });

  it('counts samples where lines were sampled', () => {
    const text = hover(withLine(line(7, 0.5, { hits: 9, measured: 'sampled' })));
    assert.match(text, /\| Samples \| Time \| % of function \|/);
  });

  it('lists the different queries of the line, so that many of the same are seen', () => {
    const statements = [
      { statement: 'SELECT *\n FROM a|b', count: 20, time: 0.01, rows: 40 },
      { statement: 'SELECT 1', count: 1, time: 0.001, rows: undefined },
    ];
    const queries = [{ line: 7, count: 21, time: 0.011, statements }];
    const text = hover(withLine(line(7, 0.5, { hits: 1 }), { queries }));
    assert.match(text, /\*\*SQL\*\*: 21 queries, 20 the same, 11 ms/);
    assert.match(text, /\| 20 \| 10\u00a0ms \| 40 \| SELECT \\\* FROM a\\\|b \|/);
    assert.match(text, /\| 1 \| 1\u00a0ms \| {2}\| SELECT 1 \|/);
    assert.match(text, /\*\*N\+1\*\*: this line sent the same query 20 times\./);
  });

  it('does not call several different queries N+1', () => {
    const statements = [1, 2].map((number) => ({
      statement: `SELECT ${number}`,
      count: 1,
      time: 0.001,
      rows: undefined,
    }));
    const queries = [{ line: 7, count: 2, time: 0.002, statements }];
    const text = hover(withLine(line(7, 0.5, { hits: 1 }), { queries }));
    assert.match(text, /\*\*SQL\*\*: 2 queries, 2 ms/);
    assert.doesNotMatch(text, /N\+1/);
  });

  it('tells the place of the line on the hot path', () => {
    assert.match(hover(LINES, { hot: { step: 3, steps: 12 } }), /hot path, step 3 of 12/);
  });

  it('lists what else of the line was timed', () => {
    const calls = [{ name: 'get user:*', count: 2, time: 0.002 }];
    const spans = [{ line: 7, kind: 'cache', count: 2, time: 0.002, calls }];
    const text = hover(withLine(line(7, 0.5, { hits: 1 }), { spans }));
    assert.match(text, /\*\*cache\*\*: 2 calls, all the same, 2 ms/);
    assert.match(text, /\| Count \| Time \| Call \|/);
    assert.match(text, /\| 2 \| 2\u00a0ms \| get user\\:\\\* \|/);
  });

  it('says that the file is stale when it is', () => {
    assert.match(hover(LINES, { stale: 'file' }), /Stale: this file changed/);
    assert.match(hover(LINES, { stale: 'line' }), /Stale: this line was changed/);
    assert.doesNotMatch(hover(LINES), /Stale/);
    assert.doesNotMatch(hover(LINES), /Stale/);
  });
});

describe('the hover of memory', () => {
  it('tells growth, peak and allocations, and no time', () => {
    const lines = [line(3, 2 ** 20, { hits: 12, peak: 2 ** 21, func: -1 })];
    const file = { functions: [], lines };
    const text = hover(annotations('memory', file, { unit: 'bytes', total: 2 ** 22 }));
    assert.match(text, /\| Growth \| Peak \| Allocations \| % of growth \|/);
    assert.match(text, /\| 1 MiB \| 2 MiB \| 12 \| 25\.0 % \|/);
  });
});

describe('the hover of a definition', () => {
  const pstats = annotations('none', {
    functions: [
      func('fib', { line: 4, calls: 177, primitiveCalls: 1, self: 0.25, total: 0.5, callers: [] }),
    ],
    lines: [],
  });

  it('has calls, tottime and cumtime, and why there are no lines', () => {
    const text = hover(pstats);
    assert.match(text, /177 calls \(1 not recursive\), self 250 ms, total 500 ms/);
    assert.match(text, /recorded functions only/);
  });
});

describe('names from a profile', () => {
  it('show as they are and cannot become links, tables or markup', () => {
    const name = '[x](command:evil) | <img src=x> `$(zap)` **b**\n# h';
    const text = hover(
      annotations('none', { functions: [func(name, { line: 1, total: 1 })], lines: [] }),
    );
    assert.equal([...text.matchAll(/(?<!\\)\]\(command:(?!hotline\.)/g)].length, 0);
    assert.equal(text.includes(escapeMarkdown(name)), true);
    assert.doesNotMatch(escapeMarkdown(name), /(?<!\\)[[\]()|<>`*#$]|\n/);
  });
});
