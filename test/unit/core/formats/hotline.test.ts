import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotate } from '../../../../src/core/derive/annotate';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { readProfile } from '../../../../src/core/formats/registry';
import { ProfileError } from '../../../../src/core/model/errors';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { readFixture, readSample } from './samples';

const VIEWS = '/srv/shop/views.py';

type Json = Record<string, unknown>;

/** A file of the profiler with the given members in place of a plain request's. */
function fileWith(hotline: Json, document: Json = {}): Json {
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'hotline-profiler@0.1.0',
    name: 'GET /shop/ 200',
    activeProfileIndex: 0,
    shared: {
      frames: [
        { name: 'handle', file: '/lib/handler.py', line: 10 },
        { name: 'view', file: VIEWS, line: 3 },
        { name: '[waiting]' },
      ],
    },
    profiles: [
      {
        type: 'sampled',
        name: 'GET /shop/ 200',
        unit: 'seconds',
        startValue: 0,
        endValue: 0.5,
        samples: [[0, 1], [0, 1], [0, 1, 2], [0]],
        weights: [0.1, 0.1, 0.2, 0.1],
      },
    ],
    hotline: {
      version: 1,
      mode: 'lines',
      request: {
        method: 'GET',
        path: '/shop/',
        started: 1795175659.25,
        duration: 0.5,
        cpuTime: 0.3,
      },
      process: { python: '3.13.0', implementation: 'cpython', hostname: 'vm', pid: 1 },
      stackLines: [[12, 4], [12, 5], [12, 5, 0], [13]],
      ...hotline,
    },
    ...document,
  };
}

function read(json: Json): Profile {
  return readProfile({ bytes: Buffer.from(JSON.stringify(json)), name: '' });
}

function reading(hotline: Json, document: Json = {}): Profile {
  const profile = read(fileWith(hotline, document));
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

/** `[line, hits, time]` of a file, ascending. */
function linesOf(profile: Profile, file: string): unknown[] {
  const costs = [...(lineCosts(profile).get(file) ?? [])].sort(([a], [b]) => a - b);
  return costs.map(([line, { hits, time }]) => [line, hits, Number(time.toFixed(6))]);
}

describe('a profile of our own', () => {
  it('has functions at the lines that they were at', () => {
    const profile = reading({});
    assert.deepEqual(linesOf(profile, VIEWS), [
      [4, 1, 0.1],
      [5, 2, 0.3],
    ]);
    assert.deepEqual(
      profile.functions.map(({ name, line }) => [name, line]),
      [
        ['handle', 10],
        ['view', 3],
        ['[waiting]', undefined],
      ],
    );
  });

  it('prefers measured lines, in the files that have some', () => {
    const profile = reading({
      lines: [{ file: VIEWS, line: 4, function: 'view', hits: 7, time: 0.25, estimated: true }],
    });
    assert.deepEqual(linesOf(profile, VIEWS), [[4, 7, 0.25]]);
    assert.deepEqual(linesOf(profile, '/lib/handler.py'), [
      [12, 3, 0.4],
      [13, 1, 0.1],
    ]);
    const { files, lineData } = annotate(profile);
    assert.equal(lineData, 'exact');
    assert.equal(files.get(VIEWS)?.lines[0]?.measured, 'estimated');
    assert.equal(files.get('/lib/handler.py')?.lines[0]?.measured, 'sampled');
  });

  it('counts a function that is defined and called on one line once', () => {
    const line = { file: VIEWS, line: 4, hits: 1 };
    const within = (inner: number): unknown =>
      linesOf(
        reading({
          lines: [
            { ...line, function: 'view.<lambda>', time: inner },
            { ...line, function: 'view', time: 0.2 },
          ],
          functions: [{ file: VIEWS, line: 4, name: 'view.<lambda>', calls: 1, time: inner }],
        }),
        VIEWS,
      );
    assert.deepEqual(within(0.1), [[4, 1, 0.2]]);
    assert.deepEqual(within(0.3), [[4, 2, 0.5]]);
  });

  it('tells the request, exactly', () => {
    const { request } = reading({
      request: {
        method: 'POST',
        path: '/shop/',
        query: 'page=2',
        status: 201,
        started: 1795175659.25,
        duration: 0.0123456,
        cpuTime: 0.01,
        waitingTime: 0.002,
        route: 'shop/',
        view: 'shop.views.index',
        remoteAddress: '192.0.2.1',
      },
      process: {
        python: '3.13.0',
        framework: { name: 'Django', version: '5.2' },
        server: { name: 'gunicorn' },
      },
      queries: [{ statement: 'SELECT 1', duration: 0.001, start: 0 }],
    });
    assert.deepEqual(request, {
      method: 'POST',
      path: '/shop/',
      query: 'page=2',
      status: 201,
      startedMs: 1795175659250,
      endedMs: 1795175659262.346,
      durationMs: 12.346,
      cpuMs: 10,
      waitingMs: 2,
      queryCount: 1,
      queryMs: 1,
      route: 'shop/',
      view: 'shop.views.index',
      remoteAddress: '192.0.2.1',
      software: 'Django 5.2 on gunicorn, Python 3.13.0',
      mode: 'lines',
    });
  });

  it('gives a line that is known only for its queries the time of these', () => {
    const query = { statement: 'SELECT 1', duration: 0.001, start: 0, file: VIEWS, line: 9 };
    const { files } = annotate(reading({ queries: [query, query] }));
    const line = files.get(VIEWS)?.lines.find((each) => each.line === 9);
    assert.deepEqual([line?.hits, line?.time, line?.measured], [undefined, 0.002, 'estimated']);
    assert.equal(files.get(VIEWS)?.lines.find((each) => each.line === 4)?.measured, 'sampled');
  });

  it('counts the calls of functions that were followed, sampled or not', () => {
    const { files } = annotate(
      reading({
        functions: [
          { file: VIEWS, line: 3, name: 'view', calls: 2, time: 0.45 },
          { file: VIEWS, line: 30, name: 'short', calls: 9, time: 0.0001 },
        ],
      }),
    );
    assert.deepEqual(
      files.get(VIEWS)?.functions.map(({ name, calls, total, self }) => [name, calls, total, self]),
      [
        ['view', 2, 0.45, undefined],
        ['short', 9, 0.0001, undefined],
      ],
    );
  });

  it('of a later version is read as the speedscope file that it is', () => {
    const profile = reading({ version: 2, stackLines: 'something else' });
    assert.equal(profile.format, 'hotline');
    assert.equal(profile.total, 0.5);
    assert.match(profile.warnings.join(), /newer version/);
    assert.equal(annotate(profile).lineData, 'none', 'the lines are those of definitions');
  });
});

describe('a broken profile of our own', () => {
  const line = { file: VIEWS, line: 4, function: 'view', hits: 1, time: 0.1 };
  const broken: Record<string, Json> = {
    'without a request': { request: undefined },
    'with lines for other stacks': { stackLines: [[1]] },
    'with too many lines of a stack': { stackLines: [[12, 4, 1], [12, 5], [12, 5, 0], [13]] },
    'with a line that is none': { stackLines: [[12, 'x'], [12, 5], [12, 5, 0], [13]] },
    'with a negative time': { lines: [{ ...line, time: -1 }] },
    'with a time beyond all numbers': { lines: [{ ...line, time: 1e200 }] },
    'with a place without a line': { lines: [{ ...line, line: 0 }] },
    'with a place without a file': { templates: [{ ...line, file: '' }] },
    'with a statement that is no text': { queries: [{ statement: 1, duration: 0, start: 0 }] },
    'with lists that are none': { memory: {} },
    'with warnings that are none': { warnings: [1] },
  };
  for (const [name, hotline] of Object.entries(broken)) {
    it(`${name} is refused`, () => {
      assert.throws(() => read(fileWith(hotline)), ProfileError);
    });
  }

  it('with a frame that is not there is refused', () => {
    const profiles = [
      {
        type: 'sampled',
        name: '',
        unit: 'seconds',
        startValue: 0,
        endValue: 1,
        samples: [[9]],
        weights: [1],
      },
    ];
    assert.throws(() => read(fileWith({ stackLines: [[1]] }, { profiles })), ProfileError);
  });
});

describe('a file of calls', () => {
  it('is read as pstats, whatever mark the profiler puts at its end', () => {
    const bytes = readFixture('pstats/cprofile-cp311.prof');
    const marked = Buffer.concat([bytes, Buffer.from('\nhotline-profiler\n')]);
    assert.deepEqual(readProfile({ bytes: marked, name: '' }), readProfile({ bytes, name: '' }));
  });
});

describe('what the profiler recorded of a shop', () => {
  it('has the queries of the line that sent them, many of them the same', () => {
    const file = annotate(readSample('hotline/names.lines.speedscope.json')).files.get(
      '/srv/hotline-shop/store/views.py',
    );
    const many = file?.queries?.filter(({ count }) => count > 1) ?? [];
    assert.deepEqual(
      many.map(({ line, count, statements }) => [line, count, statements.length]),
      [[18, 20, 1]],
    );
    const hits = new Map(file?.lines.map(({ line, hits }) => [line, hits]));
    assert.equal(hits.get(18), 20);
  });

  it('has the lines of templates, and their queries', () => {
    const { files } = annotate(readSample('hotline/orders.lines.speedscope.json'));
    const template = files.get('/srv/hotline-shop/store/templates/store/orders.html');
    const hits = new Map(template?.lines.map(({ line, hits }) => [line, hits]));
    assert.deepEqual([hits.get(5), hits.get(8)], [1, 20]);
    const queries = new Map(template?.queries?.map(({ line, count }) => [line, count]));
    assert.equal(queries.get(8), 20);
    assert.match(template?.sha256 ?? '', /^[0-9a-f]{64}$/);
  });

  it('has estimated lines where a loop ran too often, and the time of waiting', () => {
    const { files } = annotate(readSample('hotline/report.lines.speedscope.json'));
    const lines = files.get('/srv/hotline-shop/store/views.py')?.lines ?? [];
    const measured = new Map(lines.map(({ line, measured: how }) => [line, how]));
    assert.deepEqual([measured.get(26), measured.get(27)], ['estimated', 'exact']);
    const job = annotate(readSample('hotline/job.lines.speedscope.json')).files;
    const awaited = job.get('/srv/hotline-shop/job.py')?.lines.find(({ line }) => line === 9);
    assert.ok((awaited?.waiting ?? 0) > 0.04, 'three sleeps of 20 ms');
  });
});
