import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Lane, Profile, Stacks } from '../../../../src/core/model/profile';
import { log } from './hotshotLog';
import type { Row } from './pstatsRows';
import { readFixture, readJson, readSample, samples } from './samples';

const timedSamples = ['calls', 'lines', 'lines-untimed', 'raises', 'two-runs'];
const lineSamples = ['lines', 'lines-untimed'];

function read(bytes: Buffer): Profile {
  const profile = readProfile({ bytes, name: '' });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

function stacksOf({ data }: Profile): Stacks {
  if (data.kind !== 'stacks') throw new Error('there are no stacks');
  return data;
}

function microseconds(seconds: number | undefined): number {
  return Math.round((seconds ?? NaN) * 1e6);
}

/** What `hotshot.stats` tells: whole microseconds by function, and calls by caller and callee. */
interface Stats {
  readonly functions: ReadonlyMap<string, readonly number[]>;
  readonly calls: ReadonlyMap<string, number>;
}

/** The tool files calls from outside under a function of its own, and leaves a relative path relative. */
function expectedStats(path: string): Stats {
  const functions = new Map<string, readonly number[]>();
  const calls = new Map<string, number>();
  for (const { file, line, func, cc, nc, tt, ct, callers } of readJson(path) as Row[]) {
    if (file === 'profile') continue;
    const label = `${baseName(file)}:${line} ${func}`;
    functions.set(label, [cc, nc, microseconds(tt), microseconds(ct)]);
    for (const [[callerFile, callerLine, caller], count] of callers) {
      if (callerFile === 'profile') continue;
      calls.set(`${baseName(callerFile)}:${callerLine} ${caller} -> ${label}`, count as number);
    }
  }
  return { functions, calls };
}

function statsOf(profile: Profile): Stats {
  const labels = profile.functions.map(
    ({ name, file = '', line = '' }) => `${baseName(file)}:${line} ${name}`,
  );
  const functions = new Map(
    functionTable(profile).rows.map(({ func, calls, primitiveCalls, self, total }) => [
      labels[func] ?? '',
      [primitiveCalls ?? NaN, calls ?? NaN, microseconds(self), microseconds(total)],
    ]),
  );
  const { frames, nodes } = stacksOf(profile);
  const labelOfNode = (node: number): string =>
    labels[frames[nodes.frame[node] ?? -1]?.func ?? -1] ?? '';
  const calls = new Map<string, number>();
  for (const [node, parent] of nodes.parent.entries()) {
    if (parent < 0) continue;
    const call = `${labelOfNode(parent)} -> ${labelOfNode(node)}`;
    calls.set(call, (calls.get(call) ?? 0) + 1);
  }
  return { functions, calls };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Hits and microseconds by `file:line`, added up over the functions on that line. */
function expectedLines(path: string): Map<string, { hits: number; self: number }> {
  const lines = new Map<string, { hits: number; self: number }>();
  for (const row of readFixture(path).toString('utf8').trim().split('\n')) {
    const [, file = '', line = '', hits = '', self = ''] =
      /^(.+):(\d+) \S+ hits=(\d+) us=(\d+)$/.exec(row) ?? [];
    const key = `${baseName(file)}:${line}`;
    const known = lines.get(key) ?? { hits: 0, self: 0 };
    lines.set(key, { hits: known.hits + Number(hits), self: known.self + Number(self) });
  }
  return lines;
}

/** Calls by function, as the raw records have them that CPython's own reader gives back. */
function expectedCalls(path: string): Map<string, number> {
  const files = new Map<string, string>();
  const names = new Map<string, string>();
  const calls = new Map<string, number>();
  for (const row of readFixture(path).toString('utf8').trim().split('\n')) {
    const [what, first = '', second = '', third = ''] = row.slice(1, -1).split(', ');
    const text = first.replaceAll("'", '');
    if (what === '35') files.set(second, baseName(text));
    if (what === '67') names.set(`${second}:${third}`, text);
    if (what !== '0') continue;
    const label = `${files.get(second) ?? ''}:${third} ${names.get(`${second}:${third}`) ?? ''}`;
    calls.set(label, (calls.get(label) ?? 0) + 1);
  }
  return calls;
}

describe('hotshot: against what hotshot.stats makes of the log', () => {
  for (const name of timedSamples) {
    it(name, () => {
      const path = `hotshot/${name}.prof`;
      const expected = expectedStats(`${path}.as-pstats.prof.json`);
      assert.deepEqual(statsOf(readSample(path)), expected);
    });
  }
});

describe('hotshot: lines', () => {
  for (const name of lineSamples) {
    it(`${name}: hits and times as a walk through the raw records gives them`, () => {
      const path = `hotshot/${name}.prof`;
      const { lines } = readSample(path);
      const actual = new Map(
        lines
          .map(({ file, line, hits, self }) => ({
            key: `${baseName(file)}:${line}`,
            cost: { hits: hits ?? 0, self: microseconds(self) },
          }))
          .map(({ key, cost }) => [key, cost]),
      );
      assert.deepEqual(actual, expectedLines(`${path}.lines.txt`));
    });
  }

  it('cost with what they call never more than all, and the line that runs everything costs all', () => {
    const profile = readSample('hotshot/lines.prof');
    for (const { self, total } of profile.lines) {
      assert.ok((self ?? 0) <= total + 1e-12 && total <= profile.total + 1e-12);
    }
    const costs = lineCosts(profile).get('/srv/research/samples/src/work27.py');
    const ofMain = [38, 39, 40, 41, 42, 43, 44, 45, 46, 47].map(
      (line) => costs?.get(line)?.time ?? 0,
    );
    const sum = ofMain.reduce((total, time) => total + time, 0);
    assert.equal(microseconds(sum), microseconds(profile.total));
  });

  it('count a recursion and an expression on the line of its function once', () => {
    const { lines, total } = read(
      log()
        .lineEvents()
        .file(0, '/a.py')
        .func(0, 1, 'f')
        .func(0, 2, '<genexpr>')
        .enter(0, 1, 0)
        .line(2, 1)
        .enter(0, 2, 10)
        .line(2, 100)
        .enter(0, 1, 1000)
        .line(2, 10_000)
        .exit(100_000)
        .exit(0)
        .exit(0)
        .bytes(),
    );
    const line2 = lines.find(({ line }) => line === 2);
    assert.deepEqual(
      [line2?.func, line2?.hits, microseconds(line2?.self), microseconds(line2?.total)],
      [0, 3, 101_110, 111_110],
    );
    assert.equal(microseconds(total), 111_111);
  });

  it('are absent where the log has no line events', () => {
    assert.deepEqual(readSample('hotshot/calls.prof').lines, []);
  });

  it('of coverage are counted, although its header claims times and no lines', () => {
    const profile = readSample('hotshot/coverage.prof');
    assert.equal(profile.unit, 'events');
    assert.deepEqual(
      profile.lines.map(({ line, hits }) => [line, hits]),
      [
        [5, 1],
        [6, 4],
        [7, 3],
        [8, 1],
      ],
    );
    assert.equal(profile.total, 9);
    assert.match(profile.warnings.join(), /no times/);
  });
});

describe('hotshot: calls', () => {
  it('stand in the order of time, one node each', () => {
    const profile = read(
      log()
        .file(0, '/a.py')
        .func(0, 1, 'f')
        .func(0, 5, 'g')
        .enter(0, 1, 0)
        .enter(0, 5, 3)
        .exit(4)
        .enter(0, 5, 5)
        .exit(6)
        .exit(7)
        .bytes(),
    );
    const { nodes, lanes, frames } = stacksOf(profile);
    assert.deepEqual([...nodes.parent], [-1, 0, 0]);
    assert.deepEqual(
      [...nodes.frame].map((frame) => profile.functions[frames[frame]?.func ?? -1]?.name),
      ['f', 'g', 'g'],
    );
    assert.deepEqual([...(lanes[0]?.samples ?? [])], [0, 1, 0, 2, 0]);
    assert.deepEqual([...(lanes[0]?.weights ?? [])].map(microseconds), [3, 4, 5, 6, 7]);
    assert.equal(lanes[0]?.kind, 'evented');
  });

  it('go on after a return from a function that was called before profiling began', () => {
    const path = 'hotshot/startstop.prof';
    const profile = readSample(path);
    assert.deepEqual(
      new Map([...statsOf(profile).functions].map(([label, [, calls]]) => [label, calls])),
      expectedCalls(`${path}.raw.txt`),
    );
    const self = [...expectedLines(`${path}.lines.txt`).values()].reduce(
      (sum, line) => sum + line.self,
      0,
    );
    assert.equal(microseconds(profile.total), self);
    assert.match(profile.warnings.join(), /began or ended while functions ran/);
  });

  it('are in files whose relative path is made whole', () => {
    assert.equal(
      readSample('hotshot/startstop.prof').functions.find(({ name }) => name === 'deeper')?.file,
      '/srv/research/samples/hotshot/make_hotshot.py',
    );
  });

  it('without a known name have their file, number and line', () => {
    const { functions } = read(log().file(3, '/a.py').enter(3, 7, 0).exit(1).bytes());
    assert.deepEqual(functions, [{ name: '<unnamed 3:7>', file: '/a.py', line: 7 }]);
  });

  it('of Windows count in ticks of its own clock, in paths of its own', () => {
    const { functions, total } = read(
      log()
        .info('platform', 'win32')
        .info('reported-performance-frequency', '2000')
        .info('current-directory', 'C:\\shop')
        .file(0, 'lib\\..\\views.py')
        .func(0, 1, 'f')
        .enter(0, 1, 0)
        .exit(1000)
        .bytes(),
    );
    assert.equal(total, 0.5);
    assert.equal(functions[0]?.file, 'C:\\shop\\views.py');
  });
});

describe('hotshot: what a program adds to the log', () => {
  const laneNames = (profile: Profile): string[] =>
    stacksOf(profile).lanes.map((lane: Lane) => lane.name);

  it('tells one run from the next', () => {
    assert.deepEqual(laneNames(readSample('hotshot/two-runs.prof')), ['', 'run: 2']);
  });

  it('is told of the calls before it where none follow', () => {
    const bytes = log().file(0, '/a.py').enter(0, 1, 0).exit(5).info('status', '200').bytes();
    assert.deepEqual(laneNames(read(bytes)), ['status: 200']);
  });

  it('names the request', () => {
    const profile = readSample('hotshot/lines.prof');
    assert.deepEqual(laneNames(profile), ['request: GET /shop/?q=1']);
    assert.deepEqual(profile.request, { method: 'GET', path: '/shop/', query: 'q=1' });
  });

  it('is no request where there are several', () => {
    const { request } = read(log().info('url', 'GET /a').info('url', 'GET /b').bytes());
    assert.deepEqual(request, {});
  });
});

describe('hotshot: a log of a killed process', () => {
  it('opens cut at any byte after its first call, with what it holds and a warning', () => {
    const bytes = readFixture('hotshot/lines.prof');
    const whole = readSample('hotshot/lines.prof').total;
    const firstCall = bytes.indexOf('main', bytes.indexOf('work27.py')) + 'main'.length + 3;
    for (let end = firstCall; end < bytes.length; end += 7) {
      const profile = read(bytes.subarray(0, end));
      assert.ok(profile.total <= whole);
      assert.equal(profile.warnings.length, 1);
    }
  });

  it('is incomplete where it ends before the first call', () => {
    const bytes = readFixture('hotshot/calls.prof').subarray(0, 300);
    assert.throws(() => read(bytes), { reason: 'incomplete' });
  });
});

describe('hotshot: damage', () => {
  it('is told with its byte', () => {
    const bytes = Buffer.concat([log().bytes(), Buffer.from([0x63])]);
    assert.throws(() => read(bytes), {
      message: `The hotshot data is damaged: byte ${bytes.length - 1} starts no record.`,
    });
  });

  it('every sample is covered by a test here', () => {
    const names = samples.filter(({ format }) => format === 'hotshot').map(({ path }) => path);
    const tested = [...timedSamples, 'coverage', 'startstop'].map((name) => `hotshot/${name}.prof`);
    assert.deepEqual(names, tested.sort());
  });
});
