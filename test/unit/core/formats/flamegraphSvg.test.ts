import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { readFixture, readSample } from './samples';
import { costsBy, namedSamples, stackSamples, stacksOf, type SampledFrame } from './stackSamples';

/** A box as flamegraph.pl draws it: left edge and width in pixels, the row from the bottom. */
type Drawn = readonly [title: string, left: number, width: number, row: number];

const header =
  '<?xml version="1.0" standalone="no"?>\n<svg version="1.1" xmlns="http://www.w3.org/2000/svg">\n<title>Flame Graph</title>\n';

function draw(boxes: readonly Drawn[], isInverted = false): string {
  const groups = boxes.map(([title, left, width, row]) => {
    const y = isInverted ? 33 + 16 * row : 225 - 16 * row;
    return `<g >\n<title>${title}</title><rect x="${left.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="15.0" fill="rgb(1,2,3)" />\n</g>\n`;
  });
  return `${header}${groups.join('')}</svg>\n`;
}

function read(svg: string): Profile {
  return readProfile({ bytes: Buffer.from(svg), name: '' });
}

function labelOf({ name, file, line }: SampledFrame): string {
  return `${name} (${file}:${line})`;
}

const boxes: readonly Drawn[] = [
  ['all (1,000 samples, 100%)', 10, 1000, 0],
  ['a (900 samples, 90.00%)', 10, 900, 1],
  ['b&lt;T&gt; (300 samples, 30.00%)', 10, 300, 2],
  ['c (500 samples, 50.00%)', 310, 500, 2],
  ['b&lt;T&gt; (100 samples, 10.00%)', 910, 100, 1],
];

describe("SVG flame graphs: py-spy's", () => {
  const path = 'pyspy/pyspy-flamegraph.out';
  const svg = readFixture(path).toString();
  const profile = readSample(path);

  it('have the samples that the picture tells of every frame', () => {
    const expected = new Map<string, number>();
    const titles = svg.matchAll(/<title>(.*?) \((\d+) samples, [\d.]+%\)<\/title>/g);
    for (const [, escaped = '', samples] of titles) {
      const label = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      expected.set(label, (expected.get(label) ?? 0) + Number(samples));
    }
    const all = expected.get('all');
    expected.delete('all');
    assert.equal(profile.total, all);
    assert.equal(profile.total, Number(/total_samples="(\d+)"/.exec(svg)?.[1]));
    assert.deepEqual(
      [...costsBy(stackSamples(profile), labelOf).total].sort(),
      [...expected].sort(),
    );
  });

  it('have stacks of the shape that the raw form of the same program has', () => {
    const functions = (stack: string): string => stack.replace(/ \(.*?\)/g, '');
    const raw = readFixture('pyspy/pyspy-raw.out').toString().trim().split('\n');
    const known = new Set(raw.map((line) => functions(line.slice(0, line.lastIndexOf(' ')))));
    const ofMain = namedSamples(profile).map(([names]) => names.replaceAll(' ', ';'));
    assert.ok(ofMain.includes('<module>;main;busy;leaf'));
    assert.ok(ofMain.some((stack) => known.has(stack)));
    assert.ok(ofMain.includes('_bootstrap;_bootstrap_inner;run;waiter'));
  });
});

describe("SVG flame graphs: flamegraph.pl's", () => {
  it('tell callers by where the boxes are drawn, upwards and downwards', () => {
    for (const isInverted of [false, true]) {
      assert.deepEqual(namedSamples(read(draw(boxes, isInverted))).sort(), [
        ['a b<T>', 300],
        ['a c', 500],
        ['a', 100],
        ['b<T>', 100],
      ]);
    }
  });

  it('are of the unit that the graph counts', () => {
    for (const [countName, unit, total] of [
      ['samples', 'samples', 1000],
      ['ms', 'seconds', 1],
      ['microseconds', 'seconds', 0.001],
      ['bytes', 'bytes', 1000],
      ['page faults', 'events', 1000],
    ] as const) {
      const profile = read(draw(boxes).replaceAll(' samples,', ` ${countName},`));
      assert.equal(profile.unit, unit);
      assert.ok(Math.abs(profile.total - total) < 1e-9);
    }
  });

  it('may be differential', () => {
    const svg = draw(boxes).replaceAll('%)', '%; -1.50%)');
    assert.equal(read(svg).total, 1000);
  });

  it('keep processes and threads apart where they are frames', () => {
    const profile = read(
      draw([
        ['all (10 samples, 100%)', 10, 1000, 0],
        ['process 7:&quot;python a.py&quot; (10 samples, 100%)', 10, 1000, 1],
        ['thread (12): worker (4 samples, 40%)', 10, 400, 2],
        ['f (a.py:3) (4 samples, 40%)', 10, 400, 3],
        ['thread (13) (6 samples, 60%)', 410, 600, 2],
        ['f (a.py:4) (6 samples, 60%)', 410, 600, 3],
      ]),
    );
    assert.deepEqual(
      stacksOf(profile).lanes.map(({ name }) => name),
      ['Process 7: python a.py, Thread 13', 'Process 7: python a.py, Thread 12: worker'],
    );
    assert.deepEqual(profile.functions, [{ name: 'f', file: 'a.py', line: undefined }]);
    assert.deepEqual(
      stackSamples(profile).map(({ stack, weight }) => [stack.map(({ line }) => line), weight]),
      [
        [[4], 6],
        [[3], 4],
      ],
    );
  });

  it('are refused where a frame costs more than its caller', () => {
    const svg = draw(boxes).replace('a (900 samples', 'a (9 samples');
    assert.throws(() => read(svg), { message: /costs less than what it called/ });
  });

  it('are refused where a box has no place', () => {
    const svg = draw(boxes).replace('x="10.0"', 'x="left"');
    assert.throws(() => read(svg), { message: /a box has no place/ });
  });

  it('are told from other pictures', () => {
    assert.equal(detectFormat(Buffer.from(`${header}</svg>`)), undefined);
  });
});
