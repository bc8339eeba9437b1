import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotate } from '../../../../src/core/derive/annotate';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { inspectProfile } from '../../../../src/core/derive/inspection';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import {
  dict,
  float,
  int,
  key,
  referable,
  reference,
  row,
  sized,
  text,
  tuple,
} from './marshalWriter';
import type { Piece } from './marshalWriter';
import { comparableProfile, comparableRows, type Row } from './pstatsRows';
import {
  edgesByLabel,
  fixtureExists,
  readJson,
  readSample,
  samples,
  statsByLabel,
} from './samples';

/** The same stats in another version of marshal read the same. */
function expectedOf(path: string): string | undefined {
  const names = [path, path.replace(/marshal-v\d/, 'cprofile')];
  return names.map((name) => `${name}.json`).find(fixtureExists);
}

function read(bytes: Piece): Profile {
  return readProfile({ bytes, name: '' });
}

describe('pstats: every sample against what pstats reads of it', () => {
  const files = samples.filter(
    ({ path, format }) => format === 'pstats' && !path.includes('tachyon'),
  );
  for (const { path } of files) {
    it(path, () => {
      const expected = expectedOf(path);
      assert.ok(expected, 'the numbers to expect are missing');
      assert.deepEqual(
        comparableProfile(readSample(path)),
        comparableRows(readJson(expected) as Row[]),
      );
    });
  }
});

describe('pstats', () => {
  it('adds up the self times in the order of the file, as pstats does', () => {
    const rows = readJson('pstats/cprofile-cp311.prof.json') as Row[];
    const { total, functions, data } = readSample('pstats/cprofile-cp311.prof');
    assert.ok(data.kind === 'callGraph');
    const inFileOrder = data.stats.reduce((sum, { self }) => sum + self, 0);
    assert.equal(functions.length, rows.length);
    assert.equal(total, inFileOrder);
  });

  it('reads an empty profile', () => {
    const profile = read(dict());
    assert.equal(profile.total, 0);
    assert.deepEqual(profile.functions, []);
  });

  it('leaves file and line of built-ins unknown', () => {
    const { functions } = read(
      dict(key('<built-in>', '~', 0), row(1, 1), key('len', '', 0), row(1, 1)),
    );
    assert.deepEqual(
      functions.map(({ file, line }) => [file, line]),
      [
        [undefined, undefined],
        [undefined, undefined],
      ],
    );
  });

  it('tells no time of a caller without a row but that of its callees', () => {
    const edge = tuple(int(1), int(1), float(2), float(3));
    const profile = read(
      dict(key('a'), row(2, 3, key('gone'), edge), key('b'), row(1, 3, key('gone'), edge)),
    );
    assert.deepEqual(statsByLabel(profile).get('/app.py:1 gone'), {
      calls: undefined,
      primitiveCalls: undefined,
      self: 0,
      total: 6,
      isCallerOnly: true,
    });
    const gone = profile.functions.findIndex(({ name }) => name === 'gone');
    assert.equal(functionTable(profile).rows[gone]?.self, undefined);
    assert.equal(profile.total, 3);
    assert.deepEqual(checkIntegrity(profile), []);
    assert.match(profile.warnings[0] ?? '', /callers only/);
  });

  it('takes times that are ints, as custom timers give them', () => {
    const profile = read(dict(key('a'), tuple(int(1), int(1), int(7), int(9), dict())));
    assert.equal(profile.total, 7);
  });

  it('takes the first number of callers of odd lengths for the calls', () => {
    const profile = read(
      dict(key('a'), row(1, 1), key('b'), row(1, 1, key('a'), tuple(int(5), int(2)))),
    );
    assert.deepEqual(edgesByLabel(profile).get('/app.py:1 a -> /app.py:1 b'), {
      calls: 5,
      primitiveCalls: undefined,
      self: undefined,
      total: undefined,
    });
  });

  it('says so when calls are not counted', () => {
    const [warning] = readSample('pyinstrument/pstats.prof').warnings;
    assert.match(warning ?? '', /call counts/i);
  });

  for (const [what, bytes, reason] of [
    ['ends early', dict(key('a'), row(1, 1)).subarray(0, -9), 'incomplete'],
    ['holds rows without numbers', dict(key('a'), tuple(int(1))), 'broken'],
    ['holds times too large to add up', dict(key('a'), row(1e308, 1e308)), 'broken'],
    [
      'holds numbers of calls that are none',
      dict(key('a'), tuple(float(NaN), float(NaN), float(1), float(1), dict())),
      'broken',
    ],
    ['holds times that are none', dict(key('a'), row(NaN, 1)), 'broken'],
    [
      'holds keys that are no functions',
      dict(tuple(text('a'), text('b'), int(1)), row(1, 1)),
      'broken',
    ],
    [
      'declares more items than it has',
      Buffer.concat([Buffer.from('{'), sized('(', 3), sized('u', 2 ** 31 - 1)]),
      'incomplete',
    ],
    [
      'refers to an object it does not have',
      dict(tuple(text('a'), int(1), reference(7)), row(1, 1)),
      'broken',
    ],
  ] as const) {
    it(`refuses a file that ${what}`, () => {
      assert.throws(() => read(bytes), { name: 'ProfileError', reason });
    });
  }

  it('refuses callers that references repeat without end', () => {
    const callers = dict(...Array.from({ length: 1000 }, (_, n) => [key(`c${n}`), int(1)]).flat());
    const first = [key('f'), tuple(int(1), int(1), float(1), float(1), referable(callers))];
    const again = tuple(int(1), int(1), float(1), float(1), reference(0));
    const others = Array.from({ length: 1000 }, (_, n) => [key(`f${n}`), again]).flat();
    assert.throws(() => read(dict(...first, ...others)), {
      name: 'ProfileError',
      reason: 'broken',
    });
  });
});

describe('what a pstats file does not tell is unknown in the views too', () => {
  it('calls in those of pyinstrument', () => {
    const profile = readSample('pyinstrument/pstats.prof');
    const { functions } = inspectProfile(profile, {});
    assert.ok(functions.length > 0);
    assert.deepEqual(
      functions.filter(({ calls, primitiveCalls }) => calls !== null || primitiveCalls !== null),
      [],
    );
    const annotated = [...annotate(profile).files.values()].flatMap((file) => file.functions);
    assert.ok(annotated.every(({ calls }) => calls === undefined));
  });

  it('the times of callers in those of profile', () => {
    const { files } = annotate(readSample('pstats/profile-cp311.prof'));
    const callers = [...files.values()]
      .flatMap((file) => file.functions)
      .flatMap((func) => func.callers);
    assert.ok(callers.length > 0);
    assert.ok(callers.every(({ calls, total }) => calls !== undefined && total === undefined));
  });

  it('lines in all but those of a sampler', () => {
    for (const path of ['pstats/cprofile-cp311.prof', 'yappi/yappi-wall.pstat.prof']) {
      assert.deepEqual(inspectProfile(readSample(path), {}).lines, []);
    }
  });
});

describe("pstats of Python 3.15's sampler", () => {
  const profile = readSample('tachyon/tachyon.pstats');

  it('joins the lines of a function', () => {
    assert.deepEqual(statsByLabel(profile).get('/samples/src/work.py: leaf'), {
      calls: undefined,
      primitiveCalls: undefined,
      self: 0.006,
      total: 0.007,
    });
    assert.equal(profile.functions.length, 9);
  });

  it('keeps the costs of the lines', () => {
    const lines = profile.lines
      .filter(({ func }) => profile.functions[func]?.name === 'leaf')
      .map(({ line, self, total, hits }) => ({ line, self, total, hits }));
    assert.deepEqual(lines, [
      { line: 7, self: 0.005, total: 0.005, hits: 5 },
      { line: 6, self: 0.001, total: 0.002, hits: 2 },
    ]);
  });

  it('shows samples as samples beside the source, and no calls', () => {
    const { lineData, files } = annotate(profile);
    assert.equal(lineData, 'sampled');
    const { lines, functions } = files.get('/samples/src/work.py') ?? { lines: [], functions: [] };
    const line = lines.find((each) => each.line === 7);
    assert.deepEqual([line?.hits, line?.measured], [5, 'sampled']);
    assert.ok(
      functions.every(
        ({ calls, primitiveCalls }) => calls === undefined && primitiveCalls === undefined,
      ),
    );
  });

  it('makes seconds of the samples in which a caller called', () => {
    const edge = edgesByLabel(profile).get(
      '/samples/src/work.py: main -> /samples/src/work.py: leaf',
    );
    assert.equal(edge?.calls, undefined);
    assert.ok(Math.abs((edge?.total ?? 0) - 0.007) < 1e-12);
  });

  it('says that it sampled', () => {
    assert.match(profile.warnings[0] ?? '', /sampling/);
  });
});
