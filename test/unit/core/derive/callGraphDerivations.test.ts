import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { annotate } from '../../../../src/core/derive/annotate';
import { DEFAULT_LIMITS } from '../../../../src/core/derive/callTree';
import { inspectProfile } from '../../../../src/core/derive/inspection';
import { toSpeedscope } from '../../../../src/core/derive/speedscopeDocument';
import type { ExactLine, Profile } from '../../../../src/core/model/profile';
import { graphOf } from './graphs';

/** A profile of a call graph whose functions are defined in `app.py`, ten lines apart. */
function graphProfile(text: string): Profile {
  const { names, graph } = graphOf(text);
  return {
    format: 'pstats',
    unit: 'seconds',
    total: graph.stats.reduce((sum, { self }) => sum + self, 0),
    functions: names.map((name, index) => ({ name, file: 'app.py', line: 10 * (index + 1) })),
    data: graph,
    lines: [],
    request: {},
    warnings: [],
  };
}

const shared = graphProfile(`
  a 1 0 6
  b 1 0 3
  shared 2 3 9
  leaf 1 6 6
  a > shared 1 2 6
  b > shared 1 1 3
  shared > leaf 1 6 6`);

const options = { title: 'GET /', limits: DEFAULT_LIMITS };

/** Lines of `view` and `query` as line_profiler tells them. */
function lineTimings(lines: readonly Omit<ExactLine, 'file' | 'self'>[]): Profile {
  return {
    ...shared,
    format: 'lineProfiler',
    functions: [
      { name: 'view', file: 'app.py', line: 1 },
      { name: 'query', file: 'app.py', line: 9 },
    ],
    data: { kind: 'lineTimings' },
    lines: lines.map((line) => ({ ...line, file: 'app.py', self: undefined })),
  };
}

const timed = lineTimings([
  { func: 0, line: 3, hits: 4, total: 2 },
  { func: 0, line: 2, hits: 1, total: 0.5 },
  { func: 1, line: 10, hits: undefined, total: 1.5 },
]);

describe('toSpeedscope of a call graph', () => {
  it('draws the heaviest branch first and marks what was divided by assumption', () => {
    const { document, note } = toSpeedscope(shared, options);
    const [shown] = document.profiles;
    assert.ok(shown?.type === 'evented');
    const frames = document.shared.frames;
    assert.deepEqual(
      shown.events.map(({ type, at, frame }) => `${type} ${frames[frame]?.name ?? ''} ${at}`),
      [
        'O a 0',
        'O shared 0',
        'O leaf ≈ 0',
        'C leaf ≈ 4',
        'C shared 6',
        'C a 6',
        'O b 6',
        'O shared 6',
        'O leaf ≈ 6',
        'C leaf ≈ 8',
        'C shared 9',
        'C b 9',
      ],
    );
    const drawn = frames.find(({ name }) => name === 'shared');
    assert.deepEqual(drawn, { name: 'shared', file: 'app.py', line: 30 });
    assert.match(note ?? '', /no stacks.*estimate.*≈/);
  });

  it('says how much was cut off', () => {
    const limits = { minimumShare: 0.4, maximumNodes: 5 };
    const { document, note } = toSpeedscope(shared, { title: 'GET /', limits });
    assert.match(note ?? '', /below 40 % of the total/);
    assert.ok(document.shared.frames.some(({ name }) => name.includes('smaller branches')));
  });

  it('has the unit of the profile, as far as speedscope knows it', () => {
    const unitOf = (unit: Profile['unit']): string | undefined =>
      toSpeedscope({ ...shared, unit }, options).document.profiles[0]?.unit;
    assert.deepEqual((['seconds', 'bytes', 'samples', 'events'] as const).map(unitOf), [
      'seconds',
      'bytes',
      'none',
      'none',
    ]);
  });

  it('says so when there is nothing to draw', () => {
    const { document, note } = toSpeedscope(graphProfile('main 1 0 0'), options);
    assert.equal(document.profiles[0]?.endValue, 0);
    assert.match(note ?? '', /no cost/);
  });
});

describe('toSpeedscope of line timings', () => {
  it('puts the lines of a function below it', () => {
    const { document, note } = toSpeedscope(timed, options);
    const [shown] = document.profiles;
    assert.ok(shown?.type === 'evented');
    const opened = shown.events.filter(({ type }) => type === 'O');
    assert.deepEqual(
      opened.map(({ frame }) => document.shared.frames[frame]?.name),
      ['view', 'view:3', 'view:2', 'query', 'query:10'],
    );
    assert.equal(shown.endValue, 4);
    assert.match(note ?? '', /includes what it called/);
  });
});

describe('annotate', () => {
  it('gives a function of a call graph its costs and callers, and no lines', () => {
    const { lineData, files } = annotate(shared);
    const func = files.get('app.py')?.functions[2];
    assert.equal(lineData, 'none');
    assert.deepEqual(files.get('app.py')?.lines, []);
    assert.deepEqual(func, {
      name: 'shared',
      line: 30,
      calls: 2,
      primitiveCalls: 2,
      self: 3,
      total: 9,
      callers: [
        { name: 'a', file: 'app.py', line: 10, calls: 1, total: 6 },
        { name: 'b', file: 'app.py', line: 20, calls: 1, total: 3 },
      ],
    });
  });

  it('gives at most ten callers', () => {
    const callers = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const text = ['leaf 12 12 12', ...callers.map((name) => `${name} 1 0 1`)];
    const edges = callers.map((name, index) => `${name} > leaf 1 ${index} ${index}`);
    const { files } = annotate(graphProfile([...text, ...edges].join('\n')));
    const found = files.get('app.py')?.functions[0]?.callers.map(({ name }) => name);
    assert.deepEqual(found, callers.slice(2).reverse());
  });

  it('puts a line that is inlined from another file there, with a function that is not defined there', () => {
    const inlined = { ...timed, lines: [{ ...timed.lines[0], file: 'other.py' } as ExactLine] };
    const file = annotate(inlined).files.get('other.py');
    assert.equal(file?.lines[0]?.line, 3);
    assert.deepEqual(
      file.functions.map(({ name, line }) => [name, line]),
      [['view', undefined]],
    );
  });

  it('leaves out what has no file', () => {
    const builtIn = {
      ...shared,
      functions: shared.functions.map((f) => ({ ...f, file: undefined })),
    };
    assert.equal(annotate(builtIn).files.size, 0);
  });
});

describe('inspectProfile', () => {
  it('lists functions by self cost and tells nothing that is unknown', () => {
    const { functions, lines, request } = inspectProfile(shared, {});
    assert.deepEqual(
      functions.map(({ name }) => name),
      ['leaf', 'shared', 'a', 'b'],
    );
    assert.deepEqual(lines, []);
    assert.deepEqual(request, {});
  });

  it('adds up lines that occur twice and sorts them', () => {
    const twice = lineTimings([
      { func: 1, line: 10, hits: 1, total: 1 },
      { func: 0, line: 3, hits: 4, total: 2 },
      { func: 0, line: 3, hits: 4, total: 1 },
      { func: 0, line: 4, hits: 0, total: 0 },
    ]);
    assert.deepEqual(inspectProfile(twice, {}).lines, [
      { file: 'app.py', line: 3, hits: 8, time: 3, perHit: 0.375 },
      { file: 'app.py', line: 4, hits: 0, time: 0, perHit: null },
      { file: 'app.py', line: 10, hits: 1, time: 1, perHit: 1 },
    ]);
  });

  it('has null for the self cost of functions whose lines count callees in', () => {
    assert.deepEqual(inspectProfile(timed, {}).functions[0], {
      name: 'view',
      file: 'app.py',
      line: 1,
      calls: null,
      primitiveCalls: null,
      self: null,
      total: 2.5,
    });
  });

  it('tells the start of the request, from its end and duration where only those are known', () => {
    const facts = { path: '/', durationMs: 1500, endedMs: 1_795_175_664_000 };
    assert.deepEqual(inspectProfile(shared, facts).request, {
      path: '/',
      started: '2026-11-20T11:54:22.500Z',
      durationMs: 1500,
    });
    assert.deepEqual(inspectProfile(shared, { endedMs: 1_795_175_664_000 }).request, {});
    assert.deepEqual(inspectProfile(shared, { startedMs: 1e300, method: 'GET' }).request, {
      method: 'GET',
    });
  });
});
