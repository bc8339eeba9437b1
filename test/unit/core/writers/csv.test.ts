import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import type { Profile } from '../../../../src/core/model/profile';
import { csv } from '../../../../src/core/writers/encoding/csv';
import { functionsCsv } from '../../../../src/core/writers/functionsCsv';
import { linesCsv } from '../../../../src/core/writers/linesCsv';
import { timelineCsv } from '../../../../src/core/writers/timelineCsv';
import { ExportError, type Writer } from '../../../../src/core/writers/writer';
import { readSample } from '../formats/samples';
import { exportSource } from './exported';

/** The cells of a text by RFC 4180, as any reader of it has them. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let row: string[] = []; cell.lastIndex < text.length;) {
    const [, quoted, plain = '', end] = cell.exec(text) ?? assert.fail(`no CSV: ${text}`);
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function exported(writer: Writer, profile: Profile): string[][] {
  const text = writer.write(exportSource(profile));
  assert.equal(typeof text, 'string');
  return parse(String(text));
}

const timeline: Profile = {
  format: 'mprofDat',
  unit: 'bytes',
  total: 30,
  functions: [],
  data: {
    kind: 'timeline',
    series: [
      { name: 'main, "1"', times: Float64Array.of(1.5, 2), values: Float64Array.of(10, 30) },
    ],
    calls: [],
  },
  lines: [],
  request: {},
  warnings: [],
};

describe('CSV', () => {
  it('quotes what RFC 4180 says, and ends every line with CR and LF', () => {
    assert.equal(
      csv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['two\nlines', undefined],
        ],
      ),
      'a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n',
    );
  });

  it('lets no spreadsheet run a name, and leaves numbers below 0 numbers', () => {
    const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=HYPERLINK("http://x")'];
    const rows = parse(
      csv(
        ['name', 'cost'],
        hostile.map((name) => [name, -1.5]),
      ),
    );
    assert.deepEqual(
      rows.slice(1),
      hostile.map((name) => [`'${name}`, '-1.5']),
    );
  });

  it('has every function with the numbers of the table, and blanks for what is unknown', () => {
    for (const path of ['pstats/cprofile-cp311.prof', 'line_profiler/lp-5.0.2-cp311.lprof']) {
      const profile = readSample(path);
      const [header, ...rows] = exported(functionsCsv, profile);
      assert.deepEqual(header, [
        'function',
        'file',
        'line',
        'calls',
        'primitive_calls',
        'self_seconds',
        'total_seconds',
      ]);
      const text = (value: string | number | undefined): string => String(value ?? '');
      assert.deepEqual(
        rows,
        functionTable(profile).rows.map(({ func, calls, primitiveCalls, self, total }) => {
          const { name, file, line } = profile.functions[func] ?? {};
          return [name, file, line, calls, primitiveCalls, self, total].map(text);
        }),
      );
    }
  });

  it('has every line, ascending, with its function and hits', () => {
    const profile = readSample('line_profiler/lp-5.0.2-cp311.lprof');
    const [header, ...rows] = exported(linesCsv, profile);
    assert.deepEqual(header, [
      'file',
      'line',
      'function',
      'hits',
      'self_seconds',
      'total_seconds',
      'waiting_seconds',
      'measured',
    ]);
    const costs = [...lineCosts(profile)].flatMap(([file, lines]) =>
      [...lines.keys()].map((line) => [file, line]),
    );
    assert.equal(rows.length, costs.length);
    const line = rows.find((row) => row[1] === '7');
    assert.deepEqual(line, [
      'lp_target.py',
      '7',
      'inner',
      '212',
      '',
      String(21729 * 1e-9),
      '',
      'exact',
    ]);
  });

  it('has the memory of lines beside their costs', () => {
    const [header = [], ...rows] = exported(
      linesCsv,
      readSample('hotline/report.memory.speedscope.json'),
    );
    const growth = header.indexOf('growth_bytes');
    assert.ok(growth > 0);
    assert.ok(rows.some((row) => Number(row[growth]) > 0));
  });

  it('has the values of a plot over time, which no other format holds', () => {
    assert.deepEqual(exported(timelineCsv, timeline), [
      ['series', 'time', 'bytes'],
      ['main, "1"', '1.5', '10'],
      ['main, "1"', '2', '30'],
    ]);
    for (const writer of [functionsCsv, linesCsv]) {
      assert.throws(() => writer.write(exportSource(timeline)), ExportError);
    }
    assert.throws(
      () => timelineCsv.write(exportSource(readSample('pstats/cprofile-cp311.prof'))),
      ExportError,
    );
  });
});
