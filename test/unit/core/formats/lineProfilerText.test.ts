import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { comparableDump, comparableTimings, type Dump } from './lineTimings';
import { readFixture, readJson, readSample, samples } from './samples';

/** Half of the last digit that is printed: a tenth of a microsecond. */
const rounding = 0.051e-6;

function read(text: string): Profile {
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

describe('line_profiler text: every sample against the file that it was printed from', () => {
  for (const { path } of samples.filter(({ format }) => format === 'lineProfilerText')) {
    it(path, () => {
      const [run = ''] = /^line_profiler\/lp-[\d.]+-cp\d+/.exec(path) ?? [];
      const saved = comparableDump(readJson(`${run}.lprof.json`) as Dump);
      const printed = comparableTimings(readSample(path));
      const missing = [...saved.keys()].filter((name) => !printed.has(name));
      assert.deepEqual(missing, path.includes('-mtz') ? ['lp_target.py:23 unused'] : []);
      for (const [name, lines] of printed) {
        // The error of kernprof 2.1 is before the lines of the last function.
        if (path.includes('-2.1-') && name.endsWith(' method')) continue;
        const expected = saved.get(name) ?? [];
        const places = (of: typeof expected): unknown => of.map(([line, hits]) => [line, hits]);
        assert.deepEqual(places(lines), places(expected), name);
        for (const [index, [line, , time]] of lines.entries()) {
          const difference = Math.abs(time - (expected[index]?.[2] ?? NaN));
          assert.ok(difference <= rounding, `${name} line ${line}: ${difference}`);
        }
      }
    });
  }
});

describe('line_profiler text', () => {
  const text = readFixture('line_profiler/lp-5.0.2-cp311.show-mtz.txt').toString();

  it('says that a text ends early, as that of kernprof 2.1 does', () => {
    const warnings = (path: string): string => readSample(path).warnings.join(' ');
    assert.match(warnings('line_profiler/lp-2.1-cp27.kernprof-v.txt'), /ends in the middle/);
    assert.doesNotMatch(warnings('line_profiler/lp-4.0.2-cp311.show.txt'), /ends in the middle/);
  });

  it('opens a text that is cut off in a row with the rows before it', () => {
    const cut = read(text.slice(0, text.indexOf('0.1     31.2')));
    assert.deepEqual(
      cut.lines.map(({ line }) => line),
      [31],
    );
    assert.equal(cut.warnings.length, 1);
  });

  it('takes times in the unit of the text', () => {
    const table = '\nLine #      Hits         Time  Per Hit   % Time  Line Contents\n======\n';
    const head = 'Total time: 90 s\nFile: a.py\nFunction: f at line 1\n';
    const row = '     2   1.5e+07        9e+04      0.0    100.0      work()\n';
    const [line] = read(`Timer unit: 0.001 s\n\n${head}${table}${row}\n`).lines;
    assert.deepEqual([line?.hits, line?.total], [15_000_000, 90]);
  });

  it('follows what the program printed', () => {
    const printed = `starting\n42\n${readFixture('line_profiler/lp-5.0.2-cp311.kernprof-v.txt').toString()}`;
    assert.deepEqual(read(printed), readSample('line_profiler/lp-5.0.2-cp311.kernprof-v.txt'));
  });

  it('reads lines that end as on Windows', () => {
    assert.deepEqual(read(text.replaceAll('\n', '\r\n')), read(text));
  });

  it('names the line that is no row', () => {
    const broken = text.replace('212         21.7', 'many        21.7');
    assert.throws(() => read(broken), { name: 'ProfileError', message: /line 23 has no number/ });
  });

  it('does not take a page about line_profiler for its text', () => {
    const table = text.slice(text.indexOf('Line #'));
    const pages = [
      `Run it:\n\n    $ kernprof -lv a.py\n${text.replace(/^/gm, '    ')}`,
      `Wrote profile results to a.py.lprof\nTimer unit: 1e-06 s\n\`\`\`\nThe first line tells the unit.\n`,
      `Timer unit: 1e-06 s\n(a blank line)\n${table}`,
      `${text.slice(0, text.indexOf('0.1     31.2'))}\n\`\`\`\nRows tell hits and times.\n`,
    ];
    for (const page of pages) assert.equal(detectFormat(Buffer.from(page)), undefined, page);
  });
});
