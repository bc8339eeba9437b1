import assert from 'node:assert/strict';
import {
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  statSync,
  appendFileSync,
  existsSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { functionTable } from '../../../src/core/derive/functionTable';
import { readProfile } from '../../../src/core/formats/registry';
import { compactIndex, indexEntry, searchIndexes } from '../../../src/profiles/functionIndex';
import { decodeCosts, encodeCosts } from '../../../src/profiles/functionIndexCodec';
import { INDEX_NAME } from '../../../src/profiles/functionIndexFile';
import { FunctionIndexWriter, type IndexEntry } from '../../../src/profiles/functionIndexWriter';
import { nameKind } from '../../../src/profiles/profileName';
import { temporaryDirectory } from './support';

const SAMPLES = 'test/fixtures/profiles';
const STAMP = { size: 10, modifiedMs: 1_000.5 };
const QUERY = { fileName: 'views.py', name: 'index' };

/** A profile in which `index` of `/app/views.py` took some time. */
function entry(name: string, total: number, ...others: string[]): IndexEntry {
  const functions = ['index', ...others].map((each) => ({
    ...{ file: '/app/views.py', name: each, line: 3 },
    ...{ self: total / 2, total },
  }));
  return { name, stamp: STAMP, unit: 'seconds', functions };
}

/** The total of the sought function by profile. */
function totals(...paths: string[]): Record<string, number[]> {
  const { hits } = searchIndexes(paths, QUERY);
  return Object.fromEntries(
    [...hits].map(([name, found]) => [name, found.map(({ total }) => total)]),
  );
}

describe('the index of functions', () => {
  it('has every function of a file of a real profile, to a tenth of a microsecond', async (test) => {
    const directory = await temporaryDirectory(test);
    const writer = new FunctionIndexWriter();
    for (const path of [
      'pstats/cprofile-cp311.prof',
      'hotline/orders.lines.speedscope.json',
      'speedscope/pyspy.speedscope.json',
      'line_profiler/lp-4.0.2-cp311.lprof',
    ]) {
      const bytes = readFileSync(join(SAMPLES, path));
      const profile = readProfile({ bytes, name: basename(path) });
      const index = join(directory, `${basename(path)}${INDEX_NAME}`);
      assert.ok(writer.append(index, indexEntry(path, STAMP, profile)));
      let compared = 0;
      for (const { func, self = 0, total } of functionTable(profile).rows) {
        const { name = '', file } = profile.functions[func] ?? {};
        if (file === undefined || total <= 0) continue;
        const query = { fileName: basename(file), name: name.slice(name.lastIndexOf('.') + 1) };
        const found = searchIndexes([index], query).hits.get(path) ?? [];
        const same = found.some(
          (hit) =>
            hit.func.file === file &&
            hit.func.name === name &&
            Math.abs(hit.total - total) < 2e-7 &&
            Math.abs(hit.self - self) < 2e-7,
        );
        assert.ok(same, `${name} of ${path}: ${total}`);
        compared++;
      }
      assert.ok(compared > 0, path);
    }
  });

  it('packs numbers of all sizes', () => {
    const costs = [
      { func: 3, self: 0, total: 127 },
      { func: 70_000, self: 128, total: 2 ** 45 },
      { func: 70_001, self: 5, total: 5 },
    ];
    const packed = encodeCosts([...costs].reverse(), 'bytes');
    const decoded: unknown[] = [];
    const visit = (func: number, self: number, total: number): void => {
      decoded.push({ func, self, total });
    };
    decodeCosts(packed, 'bytes', visit);
    assert.deepEqual(decoded, costs);
    assert.throws(() => {
      decodeCosts(packed.subarray(0, -1), 'bytes', visit);
    }, RangeError);
  });

  it('answers with the latest of what it was told of a profile', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    const writer = new FunctionIndexWriter();
    writer.append(index, entry('a.prof', 1));
    writer.append(index, entry('b.prof', 2, 'other'));
    writer.append(index, entry('a.prof', 3));
    assert.deepEqual(totals(index), { 'a.prof': [3], 'b.prof': [2] });
    const { indexed } = searchIndexes([index], { fileName: 'views.py', name: 'other' });
    assert.deepEqual(indexed.get('a.prof'), STAMP);
  });

  it('is written to by several windows at a time', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    const windows = [new FunctionIndexWriter(), new FunctionIndexWriter()];
    for (let round = 0; round < 3; round++) {
      for (const [window, writer] of windows.entries()) {
        const others = window === 0 ? [`first${round}`] : [`second${round}`, 'third'];
        writer.append(index, entry(`${window}-${round}.prof`, 1 + round, ...others));
      }
    }
    assert.deepEqual(totals(index), {
      '0-0.prof': [1],
      '1-0.prof': [1],
      '0-1.prof': [2],
      '1-1.prof': [2],
      '0-2.prof': [3],
      '1-2.prof': [3],
    });
  });

  it('loses the line that a crash has torn, and no other', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    new FunctionIndexWriter().append(index, entry('whole.prof', 1));
    const whole = statSync(index).size;
    new FunctionIndexWriter().append(index, entry('torn.prof', 2));
    for (let size = statSync(index).size - 1; size >= whole; size--) {
      truncateSync(index, size);
      assert.deepEqual(totals(index), { 'whole.prof': [1] }, `cut to ${size} bytes`);
    }
    appendFileSync(index, '{"name":"torn');
    new FunctionIndexWriter().append(index, entry('next.prof', 3));
    assert.deepEqual(totals(index), { 'whole.prof': [1], 'next.prof': [3] });
  });

  it('goes on when the file was deleted, or cut, while a window is open', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    const writer = new FunctionIndexWriter();
    writer.append(index, entry('a.prof', 1));
    writeFileSync(index, '');
    writer.append(index, entry('b.prof', 2));
    assert.deepEqual(totals(index), { 'b.prof': [2] });
  });

  it('takes the place of one of another version', async (test) => {
    const index = join(await temporaryDirectory(test), INDEX_NAME);
    writeFileSync(index, 'hotline-index 0\nanything\n');
    assert.deepEqual(totals(index), {});
    new FunctionIndexWriter().append(index, entry('a.prof', 1));
    assert.deepEqual(totals(index), { 'a.prof': [1] });
  });

  it('is not written through a link or over what another program left there', async (test) => {
    const directory = await temporaryDirectory(test);
    const target = join(directory, 'precious.txt');
    writeFileSync(target, 'precious');
    const link = join(directory, INDEX_NAME);
    symlinkSync(target, link);
    const writer = new FunctionIndexWriter();
    assert.equal(writer.append(link, entry('a.prof', 1)), false);
    assert.equal(writer.append(target, entry('a.prof', 1)), false);
    assert.equal(readFileSync(target, 'utf8'), 'precious');
    assert.deepEqual(totals(link), {});
  });

  it('is written anew when most of it is outdated', async (test) => {
    const directory = await temporaryDirectory(test);
    const index = join(directory, INDEX_NAME);
    const writer = new FunctionIndexWriter();
    for (let round = 0; round < 1_100; round++) {
      writer.append(index, entry('again.prof', round, `other${round % 7}`));
    }
    writer.append(index, entry('gone.prof', 1));
    writer.append(index, entry('once.prof', 5));
    const names = new Set(['again.prof', 'once.prof']);
    const before = statSync(index).size;
    assert.equal(compactIndex(index, names), true);
    assert.ok(statSync(index).size < before / 100);
    assert.deepEqual(totals(index), { 'again.prof': [1_099], 'once.prof': [5] });
    assert.equal(compactIndex(index, names), false);
    writer.append(index, entry('later.prof', 6));
    assert.deepEqual(totals(index)['later.prof'], [6]);
    assert.deepEqual(readdirSync(directory), [INDEX_NAME]);
  });

  it('is taken for no profile', () => {
    assert.equal(nameKind(INDEX_NAME, { facts: {}, sources: {} }), 'ignored');
    assert.ok(!existsSync(INDEX_NAME));
  });
});
