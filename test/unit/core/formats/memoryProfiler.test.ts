import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { labelOf, readFixture, readSample, samples } from './samples';

const mebibyte = 2 ** 20;

function read(text: string): Profile {
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

/** `[in use, increment, occurrences]` by line, of all tables of a text together; MiB. */
function printedRows(text: string): Map<number, [number, number, number | undefined]> {
  const rows = new Map<number, [number, number, number | undefined]>();
  for (const row of text.split('\n')) {
    const words = row.trim().split(/\s+/);
    if (words[2] !== 'MiB' || words[4] !== 'MiB') continue;
    const [line = 0, inUse = 0, , increment = 0, , occurrences] = words.map(Number);
    const counted = text.includes('Occurrences') ? occurrences : undefined;
    const known = rows.get(line);
    rows.set(line, [
      Math.max(inUse, known?.[0] ?? 0),
      increment + (known?.[1] ?? 0),
      counted === undefined ? undefined : counted + (known?.[2] ?? 0),
    ]);
  }
  return rows;
}

const printed3 = (value: number): number => Math.round((value / mebibyte) * 1e4) / 1e4;

describe('memory_profiler: every sample, row by row', () => {
  for (const { path, bytes } of samples.filter(({ format }) => format === 'memoryProfiler')) {
    it(path, () => {
      const rows = readSample(path).record?.memoryLines.map(
        ({ line, process }) =>
          [
            line,
            [
              printed3(process?.inUse ?? NaN),
              printed3(process?.increment ?? NaN),
              process?.occurrences,
            ],
          ] as const,
      );
      const expected = [...printedRows(bytes.toString())].map(
        ([line, [inUse, increment, occurrences]]) =>
          [line, [inUse, Math.round(increment * 1e4) / 1e4, occurrences]] as const,
      );
      assert.deepEqual(rows, expected);
      assert.ok(expected.length >= 9);
    });
  }
});

describe('memory_profiler', () => {
  it('names functions by their def, at their first decorator', () => {
    const profile = readSample('memory_profiler/line-by-line-decorator.txt');
    assert.deepEqual(
      profile.functions.map((_, index) => labelOf(profile, index)),
      ['inner', 'outer'].map(
        (name, index) =>
          `/srv/research/samples/memory_profiler/mem_target.py:${index === 0 ? 5 : 14} ${name}`,
      ),
    );
  });

  it('does not count what was in use before a function to its growth', () => {
    const { record, total, lines } = readSample('memory_profiler/line-by-line-o.txt');
    const growth = new Map(record?.memoryLines.map((each) => [each.line, each.growth]));
    assert.equal(growth.get(4), 0);
    assert.equal(growth.get(6), 3.047 * mebibyte);
    assert.equal(growth.get(9), -1.531 * mebibyte);
    assert.deepEqual(
      lines.map(({ line }) => line),
      [6, 8, 16],
    );
    assert.equal(total, (3.047 + 9.16 + 77.66) * mebibyte);
  });

  const head = 'Filename: a.py\n\nLine #    Mem usage    Increment   Line Contents\n======\n';

  it('does not take a number of the source for a count', () => {
    const rows =
      '     1     20.0 MiB     20.0 MiB   def f():\n     2     21.0 MiB      1.0 MiB   42\n';
    const [, line] = read(`${head}${rows}\n`).record?.memoryLines ?? [];
    assert.deepEqual([line?.line, line?.process?.occurrences], [2, undefined]);
  });

  it('reads numbers that are wider than their columns', () => {
    const rows = '     1 123456.789 MiB 123456.789 MiB   def f():\n';
    const [line] = read(`${head}${rows}\n`).record?.memoryLines ?? [];
    assert.equal(line?.process?.inUse, 123456.789 * mebibyte);
  });

  it('opens a text that is cut off with the rows before that', () => {
    const text = readFixture('memory_profiler/line-by-line-o.txt').toString();
    const cut = read(text.slice(0, text.indexOf('3.047 MiB') + 4));
    assert.deepEqual(
      cut.record?.memoryLines.map(({ line }) => line),
      [4],
    );
    assert.match(cut.warnings[0] ?? '', /ends in the middle/);
  });

  it('names the line that is no row', () => {
    assert.throws(() => read(`${head}     1     20.0 MiB     lots   def f():\n`), {
      name: 'ProfileError',
      message: /line 5 /,
    });
  });

  it('does not take its own source for a text', () => {
    const source =
      "header = template.format('Line #', 'Mem usage', 'Increment', 'Line Contents')\n";
    assert.equal(detectFormat(Buffer.from(source)), undefined);
  });
});
