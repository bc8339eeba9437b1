/** What single formats demand, beyond what a round trip shows. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { callgrind } from '../../../../src/core/writers/callgrind';
import { cpuprofile } from '../../../../src/core/writers/cpuprofile';
import type { CpuProfile } from '../../../../src/core/writers/cpuprofile/document';
import { folded } from '../../../../src/core/writers/folded';
import { lineProfilerText } from '../../../../src/core/writers/lineProfilerText';
import { pstats } from '../../../../src/core/writers/pstats';
import type { Writer } from '../../../../src/core/writers/writer';
import { stacksProfile } from '../derive/stacks';
import { edgesByLabel, graphOf, readSample } from '../formats/samples';
import { exportSource } from './exported';

function text(writer: Writer, profile: Profile): string {
  return String(writer.write(exportSource(profile)));
}

function aspects(writer: Writer, profile: Profile): string[] {
  return writer.losses(exportSource(profile)).map(({ aspect }) => aspect);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const stacks = stacksProfile('2 main@1 work@5\n1 main@2\n3 main@1 work@6');

/** Two functions of one name in a file, and names that would break lines of text. */
const odd: Profile = {
  format: 'test',
  unit: 'seconds',
  total: 3,
  functions: [
    { name: '__init__', file: '/a;b.py', line: 3 },
    { name: '__init__', file: '/a;b.py', line: 9 },
    { name: 'two\nlines;3', file: '~', line: undefined },
    { name: '', file: undefined, line: undefined },
  ],
  data: {
    kind: 'callGraph',
    stats: [
      { calls: 1, primitiveCalls: 1, self: 1, total: 3 },
      { calls: 2 ** 40, primitiveCalls: 1, self: 1, total: 1 },
      { calls: 1, primitiveCalls: 1, self: 0.5, total: 0.5 },
      { calls: 1, primitiveCalls: 1, self: 0.5, total: 0.5 },
    ],
    edges: [1, 2, 3].map((callee) => ({
      caller: 0,
      callee,
      calls: callee === 1 ? 2 ** 40 : 1,
      primitiveCalls: 1,
      self: callee === 1 ? 1 : 0.5,
      total: callee === 1 ? 1 : 0.5,
    })),
  },
  lines: [],
  request: {},
  warnings: [],
};

describe('pstats', () => {
  it('holds counts beyond 32 bits, any name, and a file that is called like none', () => {
    const bytes = Buffer.from(pstats.write(exportSource(odd)));
    const { functions, data } = readProfile({ bytes, name: '' });
    assert.deepEqual(
      functions.map(({ name, file }) => [name, file]),
      [
        ['__init__', '/a;b.py'],
        ['__init__', '/a;b.py'],
        ['two\nlines;3', './~'],
        ['', undefined],
      ],
    );
    assert.equal(data.kind === 'callGraph' && data.stats[1]?.calls, 2 ** 40);
  });

  it('keeps the callers that were counted and not timed as they are', () => {
    const profile = readSample('hotshot/calls.prof.as-pstats.prof');
    const again = readProfile({
      bytes: Buffer.from(pstats.write(exportSource(profile))),
      name: '',
    });
    assert.ok(graphOf(profile).edges.some(({ total }) => total === undefined));
    assert.deepEqual(edgesByLabel(again), edgesByLabel(profile));
    assert.ok(!aspects(pstats, profile).includes('callers'));
  });
});

describe('callgrind', () => {
  it('has the lines that ran and those that called', () => {
    assert.match(text(callgrind, stacks), /fn=\(1\) main\n1 0\n2 1000000000\n/);
    assert.match(text(callgrind, stacks), /cfn=\(2\) work\ncalls=1 0\n1 5000000000\n/);
    assert.match(text(callgrind, stacks), /fn=\(2\)\n5 2000000000\n6 3000000000\n/);
  });

  it('keeps one name a line, and functions of one name apart', () => {
    const lines = text(callgrind, odd).split('\n');
    const names = lines
      .filter((line) => /^c?fn=\(\d+\) /.test(line))
      .map((line) => line.replace(/^c?fn=\(\d+\) /, ''));
    assert.deepEqual(names, ['__init__:3', '__init__:9', 'two lines;3', '(no name)']);
    assert.ok(lines.every((line) => /^$|^#|^[a-z]+[:=]|^\d+ \d+$/.test(line)));
  });
});

describe('folded stacks', () => {
  it('have one stack a line, in whole nanoseconds, with the lines that ran', () => {
    assert.equal(
      text(folded, stacks),
      [
        'main (app.py:1);work (app.py:5) 2000000000',
        'main (app.py:2) 1000000000',
        'main (app.py:1);work (app.py:6) 3000000000',
        '',
      ].join('\n'),
    );
  });

  it('keep semicolons and line ends out of names, and say so', () => {
    for (const line of text(folded, odd).trimEnd().split('\n')) {
      assert.match(line, /^[^;]+(;[^;]+)? \d+$/);
    }
    assert.ok(aspects(folded, odd).includes('names'));
  });
});

describe('.cpuprofile', () => {
  it('has one node a function, its lines as ticks, and times that add up', () => {
    const profile = JSON.parse(text(cpuprofile, stacks)) as CpuProfile;
    assert.deepEqual(
      profile.nodes.map(({ id, callFrame, children, hitCount, positionTicks }) => [
        id,
        callFrame.functionName,
        children,
        hitCount,
        positionTicks,
      ]),
      [
        [1, '(root)', [2], 0, undefined],
        [2, 'main', [3], 1, [{ line: 2, ticks: 1 }]],
        [
          3,
          'work',
          [],
          2,
          [
            { line: 5, ticks: 1 },
            { line: 6, ticks: 1 },
          ],
        ],
      ],
    );
    assert.deepEqual(profile.samples, [3, 2, 3]);
    assert.deepEqual(profile.timeDeltas, [0, 2_000_000, 1_000_000]);
    assert.equal(profile.endTime - profile.startTime, 6_000_000);
  });

  it('rounds to whole microseconds, and keeps what each function took', () => {
    const turns = Array.from({ length: 1000 }, () => '0.0000004 main@1\n0.0000006 main@1 work@2');
    const { samples, timeDeltas, startTime, endTime } = JSON.parse(
      text(cpuprofile, stacksProfile(turns.join('\n'))),
    ) as CpuProfile;
    assert.ok(timeDeltas.every(Number.isInteger));
    assert.equal(endTime - startTime, 1000);
    const ends = [...timeDeltas.slice(1), endTime - startTime - sum(timeDeltas)];
    assert.equal(sum(ends.filter((_, index) => samples[index] === 2)), 400);
    assert.ok(aspects(cpuprofile, stacksProfile('0.0000004 main@1')).includes('precision'));
  });

  it('names files by URLs, and only those that are absolute', () => {
    const urls = (file: string | undefined): string[] => {
      const profile = { ...stacks, functions: stacks.functions.map((func) => ({ ...func, file })) };
      const { nodes } = JSON.parse(text(cpuprofile, profile)) as CpuProfile;
      return nodes.slice(1, 2).map(({ callFrame }) => callFrame.url);
    };
    assert.deepEqual(urls('/srv/a b#.py'), ['file:///srv/a%20b%23.py']);
    assert.deepEqual(urls('C:\\app\\x.py'), ['file:///C:/app/x.py']);
    assert.deepEqual(urls('<string>'), ['<string>']);
    assert.deepEqual(urls(undefined), ['']);
  });
});

describe('the text of line_profiler', () => {
  it('has its columns', () => {
    const lines = text(lineProfilerText, readSample('line_profiler/lp-5.0.2-cp311.lprof')).split(
      '\n',
    );
    assert.equal(lines[0], 'Timer unit: 1e-06 s');
    assert.ok(lines.includes('File: lp_target.py'));
    assert.ok(lines.includes('Line #      Hits         Time  Per Hit   % Time  Line Contents'));
    const row = lines.find((line) => /^ +7 /.test(line)) ?? '';
    assert.match(row, /^ {5}7 {7}212 {7}21\.729 {4}0\.102 {5}\d+\.\d$/);
  });
});
