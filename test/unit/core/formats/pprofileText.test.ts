import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { edgesByLabel, labelOf, readFixture, readSample, samples, statsByLabel } from './samples';

const sameRun = 'pprofile/same-run.txt';

function read(text: string): Profile {
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

/** What a report says of a line. */
interface Line {
  readonly hits: number;
  readonly time: number;
}

/** The lines of a report that ran, by `file:line`, and the time of each file as it is stated above its table. */
function reportOf(text: string): { lines: Map<string, Line>; files: Map<string, number> } {
  const lines = new Map<string, Line>();
  const files = new Map<string, number>();
  let file = '';
  for (const line of text.split('\n')) {
    file = /^File: (.*)/.exec(line)?.[1] ?? file;
    const duration = /^File duration: (.*)s /.exec(line)?.[1];
    if (duration !== undefined) files.set(file, Number(duration));
    const [number, hits, time] = line.split('|').map(Number);
    if (hits !== undefined && hits > 0 && time !== undefined && !line.startsWith('(call)')) {
      lines.set(`${file}:${String(number)}`, { hits, time });
    }
  }
  return { lines, files };
}

/** Hits and own times by `file:line`; lines that only made calls are left out. */
function linesOf({ lines }: Profile): Map<string, Line> {
  const byPlace = new Map<string, Line>();
  for (const { file, line, hits, self } of lines) {
    const known = byPlace.get(`${file}:${line}`) ?? { hits: 0, time: 0 };
    const sum = { hits: known.hits + (hits ?? 0), time: known.time + (self ?? NaN) };
    if (sum.hits > 0) byPlace.set(`${file}:${line}`, sum);
  }
  return byPlace;
}

/** The function that each line is counted in, by `file:line`. */
function functionsByLine(profile: Profile): Map<string, string> {
  return new Map(
    profile.lines.map(({ func, file, line }) => [
      `${file.replace(/.*\//, '')}:${line}`,
      profile.functions[func]?.name ?? '?',
    ]),
  );
}

describe('pprofile text: every sample against its own rows', () => {
  for (const { path, bytes } of samples.filter(({ format }) => format === 'pprofileText')) {
    it(path, () => {
      const profile = readSample(path);
      const { lines, files } = reportOf(bytes.toString());
      const isSampled = profile.unit === 'samples';
      assert.ok(lines.size > 0);
      assert.deepEqual(
        linesOf(profile),
        isSampled
          ? new Map([...lines].map(([place, { hits }]) => [place, { hits, time: hits }]))
          : lines,
      );
      if (isSampled) return;
      for (const [file, duration] of files) {
        const own = profile.lines
          .filter((line) => line.file === file)
          .reduce((sum, { self }) => sum + (self ?? NaN), 0);
        // Modules start at line 0, which has no row.
        const missing = duration - own;
        assert.ok(missing > -1e-5 * duration && missing < 2e-5, `${file}: ${own} ${duration}`);
      }
    });
  }
});

describe('pprofile text: against the callgrind file of the same run', () => {
  const profile = readSample(sameRun);
  const callgrind = readSample('pprofile/same-run.callgrind.out');
  /** Each cost of the callgrind file is cut to a whole microsecond, for each function of a line. */
  const cut = 1e-6;

  it('counts the same hits of every line, in the same time', () => {
    const expected = linesOf(callgrind);
    const actual = linesOf(profile);
    assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort());
    for (const [place, { hits, time }] of expected) {
      assert.equal(actual.get(place)?.hits, hits, place);
      const more = (actual.get(place)?.time ?? NaN) - time;
      assert.ok(more > -1e-9 && more < 2 * cut, `${place}: ${more}`);
    }
  });

  it('has the same calls but for expressions, which stand in their callers', () => {
    const expected = edgesByLabel(callgrind);
    const isExpression = (label: string): boolean => /<(?!module>)/.test(label);
    for (const label of expected.keys()) if (isExpression(label)) expected.delete(label);
    const actual = edgesByLabel(profile);
    const missing = [...expected.keys()].filter((label) => !actual.has(label));
    assert.deepEqual(missing, []);
    for (const [label, { calls, total }] of expected) {
      assert.equal(actual.get(label)?.calls, calls, label);
      const more = (actual.get(label)?.total ?? NaN) - (total ?? NaN);
      assert.ok(more >= -1e-9 && more < cut, `${label}: ${more}`);
    }
  });

  it('has the totals of the functions that callers tell', () => {
    const { files } = reportOf(readFixture(sameRun).toString());
    const ran = [...files.values()].reduce((sum, duration) => sum + duration, 0);
    const totals = new Map(
      [...statsByLabel(profile)].map(([label, { total }]) => [label.replace(/.*\//, ''), total]),
    );
    const most = totals.get('make_pprofile.py:1 <module>') ?? NaN;
    assert.ok(Math.abs(most - ran) < 0.05 * ran, `${most} ${ran}`);
  });
});

describe('pprofile text: the functions that lines are in', () => {
  const names = functionsByLine(readSample(sameRun));

  it('are told by indentation, below decorators and a text that is indented less', () => {
    assert.deepEqual(
      ['work.py:7', 'work.py:14', 'work.py:32', 'work.py:35', 'work.py:42'].map((place) =>
        names.get(place),
      ),
      ['leaf', 'fib', 'price', 'total', 'main'],
    );
    const own = [...names].filter(([place]) => place.startsWith('make_pprofile.py'));
    const scale = own.filter(([, name]) => name === 'scale').map(([place]) => place);
    assert.ok(scale.length >= 5, scale.join());
    assert.deepEqual(new Set(own.map(([, name]) => name)), new Set(['scale', 'run', '<module>']));
  });

  it('are told by the last definition where the source is missing', () => {
    const sourceless = readFixture(sameRun)
      .toString()
      .replace(/^((?: *[^|\n]*\|){5})(?!# |Source)[^\n]*$/gm, '$1');
    assert.equal(functionsByLine(read(sourceless)).get('work.py:7'), 'leaf');
    assert.equal(functionsByLine(read(sourceless)).get('work.py:35'), 'total');
  });
});

describe('pprofile text', () => {
  const text = readFixture(sameRun).toString();

  it('adds the calls to the total of a line, and those of its own expressions not twice', () => {
    const profile = readSample(sameRun);
    const line = profile.lines.find(
      ({ func, line }) => line === 35 && labelOf(profile, func).endsWith('work.py:34 total'),
    );
    const calls = [...text.matchAll(/^\(call\)\| *\d+\| *(\S+)\|.*:(?:25 gen|31 price)$/gm)];
    const cost = calls.reduce((sum, [, time]) => sum + Number(time), 0);
    assert.equal(calls.length, 2);
    assert.ok(Math.abs((line?.total ?? NaN) - (line?.self ?? NaN) - cost) < 1e-9);
  });

  it('of the sampler counts samples and no calls', () => {
    const profile = readSample('pprofile/statistic.txt');
    assert.equal(profile.unit, 'samples');
    assert.ok(profile.lines.every(({ isSampled }) => isSampled === true));
    assert.ok([...statsByLabel(profile).values()].every(({ calls }) => calls === undefined));
  });

  it('follows and precedes what the program prints', () => {
    const { warnings, ...printed } = read(`starting\n42\n${text}done\n`);
    assert.deepEqual({ ...printed, warnings }, readSample(sameRun));
  });

  it('reads lines that end as on Windows', () => {
    assert.deepEqual(read(text.replaceAll('\n', '\r\n')), readSample(sameRun));
  });

  it('that is cut off in a row opens with the rows before it, and says so', () => {
    const cut = read(text.slice(0, text.indexOf('work.py:31 price')));
    assert.match(cut.warnings.join(' '), /ends in the middle/);
    assert.ok(cut.lines.some(({ line }) => line === 35));
    assert.doesNotMatch(readSample(sameRun).warnings.join(' '), /ends in the middle/);
  });

  it('names the line that is no row', () => {
    const broken = text.replace(/\d+(?=\|[^|]*\|[^|]*\|[^|]*\| {4}return Decorated)/, 'many');
    const at = broken.slice(0, broken.indexOf('many')).split('\n').length;
    assert.throws(() => read(broken), {
      message: `The pprofile data is damaged: line ${at} is no row of its table.`,
    });
  });

  it('is no page that quotes it', () => {
    const lines = text.split('\n');
    const quotes = [
      text.replace(/^/gm, '    '),
      [...lines.slice(0, 12), '```', 'The rows tell hits and times.', ''].join('\n'),
      lines.slice(0, 5).join('\n'),
    ];
    for (const quote of quotes) {
      assert.equal(detectFormat(Buffer.from(`A report:\n\n${quote}`)), undefined);
    }
  });
});
