import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastLineOfFunction } from '../../../../src/core/derive/functionBlock';
import { lineReport, printedReport, type LineReport } from '../../../../src/core/derive/lineReport';
import type { LineTable } from '../../../../src/core/derive/lineTables';
import { readFixture, readSample } from '../formats/samples';
import { stacksProfile } from './stacks';

const SOURCE = readFixture('line_profiler/lp_target.py').toString('utf8').split('\n');

/** The tables of a report of `lp_target.py`, with its text. */
function printed(report: LineReport): string[] {
  const contents = report.tables.map(({ firstLine, rows }) => {
    const least = (rows.at(-1)?.line ?? firstLine) - 1;
    const end = lastLineOfFunction(SOURCE, firstLine - 1, least) + 1;
    return { lines: SOURCE.slice(firstLine - 1, end), flaw: undefined };
  });
  return printedReport('x', report, contents).map(({ text }) => text);
}

/** What stands below each `Function:` line, by that line; the blanks that line_profiler ends lines with left out. */
function tables(lines: readonly string[]): Map<string, string> {
  const sections = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .split(/^(?=Total time: )/m);
  return new Map(
    sections.flatMap((section) => {
      const [, name, table] = /^(Function: .*)\n([^]*)$/m.exec(section) ?? [];
      return name === undefined || table === undefined ? [] : [[name, table.trim()] as const];
    }),
  );
}

/** Line, mebibytes in use, increment and occurrences, of each row that has them. */
function numbers(lines: readonly string[]): number[][] {
  return lines.flatMap((line) => {
    const found = /^ +(\d+) +([\d.]+) MiB +([\d.]+) MiB +(\d+)/.exec(line);
    return found ? [found.slice(1).map(Number)] : [];
  });
}

function table(name: string, ...rows: LineTable['rows']): LineTable {
  return { name, file: '/app/views.py', firstLine: rows[0]?.line ?? 1, rows };
}

describe('a line report', () => {
  it('has the tables that line_profiler prints of the same profile, the costliest first', () => {
    const sample = 'line_profiler/lp-4.0.2-cp311';
    const report = lineReport(readSample(`${sample}.lprof`), 'line_profiler');
    const ours = tables(printed(report));
    const expected = tables(readFixture(`${sample}.show.txt`).toString('utf8').split('\n'));
    assert.deepEqual([...ours.keys()].slice(0, 2), [
      'Function: outer at line 12',
      'Function: inner at line 4',
    ]);
    for (const [name, text] of ours) assert.equal(text, expected.get(name), name);
    const withoutCosts = [...expected].filter(([name]) => !ours.has(name)).map(([name]) => name);
    assert.deepEqual(withoutCosts, ['Function: unused at line 23']);
  });

  it('leads from its lines to the sources', () => {
    const report = lineReport(readSample('line_profiler/lp-4.0.2-cp311.lprof'), '');
    const lines = printedReport('x', report, []);
    const places = lines.filter(({ text }) => /^ +18 |^Function: outer/.test(text));
    assert.deepEqual(
      places.map(({ place }) => `${place?.file ?? ''}:${place?.line ?? ''}`),
      ['lp_target.py:12', 'lp_target.py:18'],
    );
  });

  it('says that costs are of samples, in their unit', () => {
    const profile = stacksProfile('2 main@3 view@12\n3 main@4', 'sampled', { unit: 'samples' });
    const text = printedReport('GET /', lineReport(profile, 'py-spy'), [])
      .map((line) => line.text)
      .join('\n');
    assert.match(text, /^Line report of GET \/\npy-spy, 2 functions/);
    assert.match(text, /Costs are sampled: hits are the numbers of samples at a line\./);
    assert.match(text, /Total weight: 5\n/);
    assert.doesNotMatch(text, /Timer unit/);
  });

  it('tells above each function how it was measured where that differs', () => {
    const report: LineReport = {
      formatLabel: 'Hotline',
      unit: 'seconds',
      sourceHashes: new Map(),
      memory: [],
      tables: [
        table(
          'view',
          { line: 3, hits: 2, time: 0.5, measured: 'exact' },
          { line: 4, hits: 900, time: 0.2, measured: 'estimated' },
        ),
        table('query', { line: 9, hits: 4, time: 0.1, measured: 'sampled' }),
      ],
    };
    const text = printedReport('x', report, [])
      .map((line) => line.text)
      .join('\n');
    assert.match(
      text,
      /exact: every hit was timed \(3\); estimated: .* \(4\)\.\nTotal time: 0\.7 s/,
    );
    assert.match(text, /Costs are sampled: .*\nTotal time: 0\.1 s\nFile: \/app\/views\.py/);
  });

  it('has the templates behind the functions, each line with its own time', () => {
    const profile = readSample('hotline/orders.lines.speedscope.json');
    const report = lineReport(profile, 'Hotline');
    const [orders] = report.tables.filter(({ file }) => file.endsWith('orders.html'));
    const recorded = profile.record?.templateLines ?? [];
    assert.deepEqual(
      orders?.rows.map(({ line, hits, time }) => ({ line, hits, time })),
      recorded
        .filter(({ file }) => file === orders?.file)
        .map(({ line, hits, self }) => ({ line, hits, time: self })),
    );
    assert.ok(report.tables.findIndex(({ name }) => name === undefined) > 0);
    const contents = report.tables.map(() => ({ lines: undefined, flaw: undefined }));
    const lines = printedReport('x', report, contents);
    const text = lines.map((line) => line.text).join('\n');
    assert.match(text, / functions? and 2 templates, the costliest first/);
    assert.match(text, /without what stands within its tag/);
    const start = lines.findIndex((line) => /^File: .*orders\.html$/.test(line.text));
    assert.equal(lines[start + 1]?.text, '');
    const [loop] = lines.slice(start).filter((line) => /^ +8 +20 +11007\.1 /.test(line.text));
    assert.deepEqual(loop?.place, { file: orders.file, line: 8 });
  });

  it('tells of the memory what was counted, by file, and nothing else', () => {
    const report = lineReport(readSample('hotline/report.memory.speedscope.json'), 'Hotline');
    assert.deepEqual(report.tables, []);
    const lines = printedReport('x', report, [
      { lines: ['def report(request):', '', 'a'], flaw: undefined },
    ]).map(({ text }) => text);
    assert.equal(lines[1], 'Hotline, 1 file, the costliest first');
    assert.ok(lines.includes('Total growth: 0.603 MiB'));
    const header = lines.findIndex((line) => line.startsWith('Line #'));
    assert.deepEqual(lines[header]?.split(/ {2,}/), [
      ...['Line #', 'Peak', 'Growth', 'Allocations', 'Line Contents'],
    ]);
    assert.match(lines[header + 2] ?? '', /^ {4}22 +320 +256 +1 {3}def report\(request\):$/);
    assert.match(lines[header + 3] ?? '', /^ {4}23$/);
  });

  it('tells of the memory of functions what memory_profiler tells', () => {
    const sample = 'memory_profiler/line-by-line-decorator.txt';
    const report = lineReport(readSample(sample), 'memory_profiler');
    const outer = report.memory.findIndex(({ name }) => name === 'outer');
    const contents = report.memory.map(({ firstLine, rows }) => ({
      lines: Array.from({ length: (rows.at(-1)?.line ?? 0) - firstLine + 1 }, () => 'x'),
      flaw: undefined,
    }));
    assert.ok(outer >= 0);
    const ours = numbers(printedReport('x', report, contents).map(({ text }) => text));
    const expected = numbers(readFixture(sample).toString('utf8').split('\n')).filter(
      ([line = 0]) => line >= 14,
    );
    assert.ok(expected.length >= 5);
    for (const row of expected) {
      const same = ours.find(([line]) => line === row[0]) ?? [];
      assert.equal(same.length, row.length);
      for (const [index, number] of row.entries()) {
        assert.ok(Math.abs((same[index] ?? NaN) - number) < 0.001, `${row.join()} ${same.join()}`);
      }
    }
  });

  it('has no tables where no lines were measured', () => {
    assert.deepEqual(lineReport(readSample('pstats/cprofile-cp311.prof'), '').tables, []);
  });
});
