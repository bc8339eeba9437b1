import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { lineCosts } from '../../../src/core/derive/lineCosts';
import type { Profile } from '../../../src/core/model/profile';
import { readProfile } from '../../../src/core/formats/registry';
import {
  compactIndex,
  indexEntry,
  searchIndexes,
  simpleName,
  type IndexedAmount,
} from '../../../src/profiles/functionIndex';
import { INDEX_NAME } from '../../../src/profiles/functionIndexFile';
import { decodeLines, encodeLines } from '../../../src/profiles/functionIndexLines';
import { FunctionIndexWriter } from '../../../src/profiles/functionIndexWriter';
import { temporaryDirectory } from './support';

const SAMPLES = 'test/fixtures/profiles';
const STAMP = { size: 10, modifiedMs: 1_000.5 };

function sample(path: string): Profile {
  return readProfile({ bytes: readFileSync(join(SAMPLES, path)), name: basename(path) });
}

/** What an index says of a line of a function; offset and line are the same where it begins. */
function amount(
  index: string,
  { name, file, line: first = 0 }: Profile['functions'][number],
  line: number,
): IndexedAmount | undefined {
  const query = {
    ...{ fileName: basename(file ?? ''), name: simpleName(name) },
    line: { line, offset: line - first },
  };
  const hits = [...searchIndexes([index], query).hits.values()].flat();
  return hits.find(({ func }) => func.name === name && func.line === first)?.line;
}

describe('the lines in the index of functions', () => {
  for (const path of [
    'hotline/orders.lines.speedscope.json',
    'line_profiler/lp-4.0.2-cp311.lprof',
    'speedscope/pyspy.speedscope.json',
  ]) {
    it(`are all of ${path}, to a microsecond`, async (test) => {
      const profile = sample(path);
      const index = join(await temporaryDirectory(test), INDEX_NAME);
      new FunctionIndexWriter().append(index, indexEntry('a.prof', STAMP, profile));
      let compared = 0;
      for (const [file, lines] of lineCosts(profile)) {
        for (const [line, { func, self = 0, time }] of lines) {
          const definition = profile.functions[func ?? -1];
          if (definition?.file !== file || time <= 0) continue;
          const found = amount(index, definition, line);
          assert.ok(found, `${file}:${line}`);
          assert.ok(Math.abs(found.total - time) < 1e-6, `${file}:${line} ${found.total} ${time}`);
          assert.ok(Math.abs(found.self - self) < 1e-6, `${file}:${line} ${found.self} ${self}`);
          compared++;
        }
      }
      assert.ok(compared > 5);
    });
  }

  it('are none of a profile of functions, and cost nothing where the line did not run', async (test) => {
    const directory = await temporaryDirectory(test);
    const profiles = [
      ['functions', 'pstats/cprofile-cp311.prof'],
      ['lines', 'line_profiler/lp-4.0.2-cp311.lprof'],
    ] as const;
    const found = profiles.map(([name, path]) => {
      const profile = sample(path);
      const index = join(directory, name);
      new FunctionIndexWriter().append(index, indexEntry(path, STAMP, profile));
      const func = profile.functions.find(({ file }) => file?.endsWith('.py'));
      assert.ok(func);
      return amount(index, func, 99_999);
    });
    assert.deepEqual(found, [undefined, { self: 0, total: 0 }]);
  });

  it('are kept when the index is written anew', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    const writer = new FunctionIndexWriter();
    const profile = sample('line_profiler/lp-4.0.2-cp311.lprof');
    const entry = indexEntry('kept.prof', STAMP, profile);
    const [costly] = entry.functions;
    const line = costly?.lines?.[0];
    assert.ok(costly && line);
    writer.append(index, entry);
    for (let round = 0; round < 1_100; round++) {
      writer.append(index, { ...entry, name: `gone${round}.prof`, functions: [] });
    }
    assert.ok(compactIndex(index, new Set(['kept.prof'])));
    const found = amount(index, costly, costly.line + line.offset);
    assert.ok(Math.abs((found?.total ?? 0) - line.total) < 1e-6);
  });

  it('stand for functions whose line is not known by their own numbers', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    const func = { name: 'index', file: '/app/views.py', line: 0, self: 1, total: 2 };
    const lines = [{ offset: 42, self: 3, total: 7 }];
    new FunctionIndexWriter().append(index, {
      ...{ name: 'a.prof', stamp: STAMP, unit: 'bytes' },
      functions: [{ ...func, lines }],
    });
    const query = { fileName: 'views.py', name: 'index', line: { line: 42, offset: 2 } };
    const [hit] = searchIndexes([index], query).hits.get('a.prof') ?? [];
    assert.deepEqual(hit?.line, { self: 3, total: 7 });
  });

  it('are unpacked as they were packed, and those of other functions passed over', () => {
    const lines = [
      { offset: -3, self: 0, total: 0.25 },
      { offset: 1, self: 0.5, total: 0.5 },
      { offset: 100_000, self: 1_234.5, total: 98_765.25 },
    ];
    const packed = encodeLines(
      [
        { func: 900, lines },
        { func: 3, lines: lines.slice(1) },
      ],
      'samples',
    );
    const all = decodeLines(packed, 'samples');
    assert.deepEqual([...all.keys()], [3, 900]);
    assert.deepEqual(all.get(900), lines);
    assert.deepEqual([...decodeLines(packed, 'samples', new Set([3]))], [[3, lines.slice(1)]]);
    assert.throws(() => decodeLines(packed.subarray(0, -1), 'samples'), RangeError);
  });
});
