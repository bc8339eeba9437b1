import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { linesOf, readCallgrind as read } from './callgrindText';
import { labelOfKey, type Row } from './pstatsRows';
import {
  edgesByLabel,
  graphOf,
  labelOf,
  readFixture,
  readJson,
  readSample,
  statsByLabel,
} from './samples';

describe('callgrind of valgrind', () => {
  const profile = readSample('callgrind/valgrind-callgrind.out');

  it('reads instruction addresses, jumps and several parts to the same costs', () => {
    for (const other of [
      'valgrind-callgrind-instr-jumps.out',
      'valgrind-callgrind-multipart.out',
    ]) {
      assert.deepEqual(selfByLabel(readSample(`callgrind/${other}`)), selfByLabel(profile), other);
    }
  });

  it('keeps the lines of inlined files', () => {
    const source = '/srv/research/samples/callgrind/tiny';
    assert.deepEqual(linesOf(profile, 'main'), [
      [`${source}.c:5`, undefined, 11, 2420],
      [`${source}.c:3`, undefined, 4002, 4002],
      [`${source}.h:2`, undefined, 7000, 7000],
      [`${source}.h:4`, undefined, 4000, 4000],
    ]);
  });

  it('counts events, not seconds', () => {
    assert.equal(profile.unit, 'events');
    assert.equal(profile.total, 53656);
  });

  it('offers all events and shows the first', () => {
    const { metrics, unit } = readSample('callgrind/valgrind-cachegrind.out');
    assert.equal(metrics?.shown, 'Ir');
    assert.equal(metrics.all.length, 9);
    assert.deepEqual(metrics.all[8], {
      id: 'DLmw',
      label: 'Last-level data write misses (DLmw)',
      unit: 'events',
    });
    assert.equal(unit, 'events');
  });

  it('tells functions of one name apart by the objects that they are in', () => {
    const { functions } = readSample('callgrind/valgrind-callgrind-caches.out');
    assert.deepEqual(
      functions.map(({ name }) => name).filter((name) => name.startsWith('fstat ')),
      ['fstat [ld-linux-x86-64.so.2]', 'fstat [libc.so.6]'],
    );
  });
});

function selfByLabel(profile: Profile): Map<string, number> {
  const entries = graphOf(profile).stats.map(({ self }, index): [string, number] => [
    profile.functions[index]?.name ?? '',
    self,
  ]);
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('callgrind of runprofileserver --kcachegrind', () => {
  const profile = readSample('callgrind/runprofileserver/root.000027ms.1795175659.prof');

  it('adds up to the summary, and says what rounding lost', () => {
    assert.equal(profile.unit, 'seconds');
    assert.equal(profile.total, 0.027);
    assert.equal(statsByLabel(profile).get(': (rounded away)')?.self, 0.02);
    assert.match(profile.warnings[0] ?? '', /whole milliseconds.* 74 %/);
  });

  it('has no function that took longer than the request', () => {
    assert.equal(Math.max(...graphOf(profile).stats.map(({ total }) => total)), 0.027);
  });

  it('leaves built-ins without a file, and gives them none of the block before', () => {
    const builtIns = profile.functions.filter(({ name }) => /^<(built-in )?method/.test(name));
    assert.ok(builtIns.length > 50);
    assert.ok(builtIns.every(({ file, line }) => file === undefined && line === undefined));
  });

  it('tells methods of one name apart by their first lines', () => {
    const text = [
      'events: Ticks\nsummary: 9\nfl=/a.py\nfn=__init__\n5 4\n',
      'fl=/a.py\nfn=__init__\n20 3\ncfl=/a.py\ncfn=__init__\ncalls=2 5\n20 4\n',
      'fn=<built-in method x>\n0  2\n',
    ].join('\n');
    const stats = statsByLabel(read(text));
    assert.deepEqual(
      [...stats].map(([label, { calls, self, total }]) => [label, calls, self, total]),
      [
        ['/a.py:5 __init__', 2, 0.004, 0.004],
        ['/a.py:20 __init__', undefined, 0.003, 0.007],
        [': <built-in method x>', undefined, 0.002, 0.002],
      ],
    );
  });

  it('has no line costs, only first lines', () => {
    assert.deepEqual(profile.lines, []);
  });
});

describe('callgrind of pyprof2calltree', () => {
  it('has the costs of the stats it was made from, in whole nanoseconds', () => {
    const profile = readSample('callgrind/pyprof2calltree-cp311.out');
    const stats = statsByLabel(profile);
    const edges = edgesByLabel(profile);
    for (const row of readJson('pstats/cprofile-cp311.prof.json') as Row[]) {
      const label = labelOfKey([row.file, row.line, row.func]);
      const nanoseconds = Math.round((stats.get(label)?.self ?? -1) * 1e9);
      assert.ok(Math.abs(nanoseconds - row.tt * 1e9) < 1.5, label);
      for (const [caller, numbers] of row.callers) {
        const edge = edges.get(`${labelOfKey(caller)} -> ${label}`);
        assert.equal(edge?.calls, Array.isArray(numbers) ? numbers[0] : numbers);
      }
    }
  });
});

describe('callgrind of yappi', () => {
  it('has the functions and costs of the pstats of the same run', () => {
    const callgrind = statsByLabel(readSample('yappi/yappi-wall.callgrind.out'));
    const pstats = statsByLabel(readSample('yappi/yappi-wall.pstat.prof'));
    for (const [label, { self, total }] of pstats) {
      const other = callgrind.get(label);
      assert.ok(other, label);
      assert.ok(Math.abs(other.self - self) <= 1.5e-6, label);
      assert.ok(other.total <= total + 40e-6, label);
    }
  });
});

/** Hits by `file:line` of the lines that ran, from pprofile's text. */
function reportedHits(path: string): Map<string, number> {
  const hits = new Map<string, number>();
  let file = '';
  for (const line of readFixture(path).toString().split('\n')) {
    file = /^File: (.*)$/.exec(line)?.[1] ?? file;
    const [, number, count] = /^ *(\d+)\| *([1-9]\d*)\|/.exec(line) ?? [];
    if (number !== undefined) hits.set(`${file}:${number}`, Number(count));
  }
  return hits;
}

describe('callgrind of pprofile', () => {
  const profile = readSample('pprofile/pprofile.callgrind.out');

  it('has hits and times of real lines, in seconds', () => {
    const source = '/srv/research/samples/pprofile/work.py';
    assert.deepEqual(linesOf(profile, 'fib'), [
      [`${source}:11`, 25, 0.00003, 0.00003],
      [`${source}:12`, 25, 0.000098, 0.000098],
      [`${source}:13`, 13, 0.000018, 0.000018],
      [`${source}:14`, 12, 0.000088, 0.000235],
    ]);
    assert.deepEqual(profile.warnings, []);
  });

  it('has the hits of every line that its own report has', () => {
    // The report is of another run, in which the loop that waits for a time ran as often as it could.
    const waits = [20, 21].map((line) => `/srv/research/samples/pprofile/work.py:${line}`);
    const expected = reportedHits('pprofile/pprofile.txt');
    assert.equal(expected.size, 401);
    const hits = new Map<string, number>();
    for (const { file, line, hits: count = 0 } of profile.lines) {
      hits.set(`${file}:${line}`, (hits.get(`${file}:${line}`) ?? 0) + count);
    }
    for (const [line, count] of expected) {
      if (!waits.includes(line)) assert.equal(hits.get(line), count, line);
    }
  });

  it('offers hits and times to choose from, and no sums of quotients', () => {
    assert.deepEqual(
      profile.metrics?.all.map(({ id }) => id),
      ['hits', 'microseconds'],
    );
    assert.equal(profile.metrics.shown, 'microseconds');
  });

  it('takes the first line out of the name', () => {
    assert.ok(statsByLabel(profile).has('/srv/research/samples/pprofile/work.py:11 fib'));
  });
});

describe('callgrind text', () => {
  it('resolves compressed names and relative positions', () => {
    const profile = read(`# callgrind format
version: 1
creator: test
positions: instr line
events: Cycles

fl=(1) a.c
fn=(1) main
0x10 10 5
+4 +2 5
cfi=(2) b.c
cfn=(2) helper
calls=3 +10 -2
* * 40
+4 -1 1
fl=(2)
fn=(2)
0x20 10 30
jcnd=1/2 -4 *
* *
fi=(1)
* +1 10
fe=(2)
* +1
`);
    assert.deepEqual(checkIntegrity(profile), []);
    assert.deepEqual(linesOf(profile, 'main'), [
      ['a.c:10', undefined, 5, 5],
      ['a.c:12', undefined, 5, 45],
      ['a.c:11', undefined, 1, 1],
    ]);
    assert.deepEqual(linesOf(profile, 'helper'), [
      ['b.c:10', undefined, 30, 30],
      ['a.c:11', undefined, 10, 10],
      ['b.c:12', undefined, 0, 0],
    ]);
    const helper = profile.functions.findIndex(({ name }) => name === 'helper');
    assert.equal(labelOf(profile, helper), 'b.c:10 helper');
    assert.deepEqual(graphOf(profile).stats[helper], {
      calls: 3,
      primitiveCalls: undefined,
      self: 40,
      total: 40,
    });
  });

  it('counts the cost of a cycle once', () => {
    const profile = read(`events: ns
fl=a.py
fn=root
1 1
cfn=even
calls=1 2
1 100
fn=even
2 10
cfn=odd
calls=5 3
2 80
fn=odd
3 20
cfn=even
calls=4 2
3 60
cfn=leaf
calls=9 4
3 70
fn=leaf
4 70
`);
    const totals = new Map(
      graphOf(profile).stats.map(({ total }, index) => [
        profile.functions[index]?.name,
        Math.round(total * 1e9),
      ]),
    );
    assert.deepEqual(Object.fromEntries(totals), { root: 101, even: 90, odd: 100, leaf: 70 });
  });

  it('shows the event that is asked for, and the default for one that it has not', () => {
    const text = 'version: 1\nevents: Calls usec\nfl=a\nfn=f\n1 5 2000\n2 1 500\n';
    assert.equal(read(text).metrics?.shown, 'usec');
    assert.deepEqual(read(text, 'other'), read(text));
    const calls = read(text, 'Calls');
    assert.equal(calls.unit, 'events');
    assert.equal(calls.total, 6);
    assert.deepEqual(linesOf(calls, 'f'), [
      ['a:1', undefined, 5, 5],
      ['a:2', undefined, 1, 1],
    ]);
  });

  it('offers events that are derived of others', () => {
    const text = [
      'events: Ir L1m LLm',
      'event: L1m : First level misses',
      'event: Misses = L1m + LLm',
      'event: Cycles = Ir + 10 * Misses + 90LLm : Estimated cycles',
      'event: Unknown = Ir + Wait',
      'fl=a.c\nfn=f\n1 1000 20 3\n2 1\n',
    ].join('\n');
    const profile = read(text, 'Cycles');
    assert.equal(profile.total, 1000 + 10 * 23 + 90 * 3 + 1);
    assert.deepEqual(
      profile.metrics?.all.map(({ label }) => label),
      [
        'Instructions (Ir)',
        'First level misses (L1m)',
        'LLm',
        'Misses',
        'Estimated cycles (Cycles)',
      ],
    );
  });

  it('tells functions apart by object, and has calls stay in their own where none is named', () => {
    const profile = read(`events: ns
ob=/lib/a.so
fl=x.c
fn=init
1 5
cob=/lib/b.so
cfn=init
calls=1 1
2 7
cfn=only
calls=1 9
3 1
ob=/lib/b.so
fn=init
1 7
ob=/lib/a.so
fn=only
9 1
`);
    const label = (index: number): string => profile.functions[index]?.name ?? '';
    assert.deepEqual(
      profile.functions.map(({ name }) => name),
      ['init [a.so]', 'init [b.so]', 'only'],
    );
    assert.deepEqual(
      graphOf(profile).edges.map(({ caller, callee }) => `${label(caller)} > ${label(callee)}`),
      ['init [a.so] > init [b.so]', 'init [a.so] > only'],
    );
  });

  it('prefers an event that is a time', () => {
    const profile = read('version: 1\nevents: Calls usec\nfl=a\nfn=f\n1 5 2000\n2 1 500\n');
    assert.equal(profile.unit, 'seconds');
    assert.equal(profile.total, 0.0025);
  });

  it('reads Windows line ends, UTF-16 and spaces at the ends of lines', () => {
    const text = 'version: 1 \r\nevents: ns \r\nfl=a.py\r\nfn=f \r\n1 5 \r\n';
    const expected = read(text.replaceAll(' \r\n', '\n').replaceAll('\r\n', '\n'));
    assert.deepEqual(read(text), expected);
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    assert.deepEqual(readProfile({ bytes: utf16, name: '' }), expected);
    assert.equal(expected.functions[0]?.name, 'f');
  });

  for (const [what, text, reason] of [
    ['ends within a call', 'events: ns\nfl=a\nfn=f\n1 5\ncfn=g\ncalls=1 2\n', 'incomplete'],
    ['has a cost outside of functions', 'events: ns\n1 5\n', 'broken'],
    ['has costs that are no numbers', 'events: ns\nfn=f\n1 x\n', 'broken'],
    ['has negative costs', 'events: ns\nfn=f\n1 -5\n', 'broken'],
    ['calls nothing', 'events: ns\nfn=f\ncalls=1 2\n1 5\n', 'broken'],
    ['has lines of no meaning', 'events: ns\nfn=f\nsomething else\n', 'broken'],
    ['counts nothing', '# callgrind format\nfn=f\n1 5\n', 'broken'],
  ] as const) {
    it(`refuses text that ${what}`, () => {
      assert.throws(() => read(text), { name: 'ProfileError', reason });
    });
  }
});
