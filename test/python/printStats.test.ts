/** The copied text of the function table beside what the `pstats` of every interpreter prints. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { printTable, toTable } from '../../src/core/derive/table';
import type { TableSort } from '../../src/core/derive/tableDocument';
import { functionColumns } from '../../webview/table/columns';
import { Functions } from '../../webview/table/functions';
import { sortedFunctions } from '../../webview/table/order';
import { fixturePath, readSample, samples } from '../unit/core/formats/samples';
import { findInterpreters } from './interpreters';

const interpreters = findInterpreters();

/** The sort keys of pstats and the columns of the table that they mean. */
const SORTS: readonly (readonly [keys: string, sort: TableSort])[] = [
  ['calls', 'calls'],
  ['tottime', 'self'],
  ['cumulative', 'total'],
  ['name', 'name'],
  ['filename,line', 'place'],
];

/** Prints a list of texts for each file, one for each sort order, or `null` where pstats does not load it. */
const program = `
import json, pstats, sys
try:
    from StringIO import StringIO
except ImportError:
    from io import StringIO
def text(path, keys, reverse):
    stream = StringIO()
    stats = pstats.Stats(path, stream=stream).sort_stats(*keys.split(','))
    if reverse:
        stats.reverse_order()
    stats.print_stats()
    return stream.getvalue()
def texts(path):
    try:
        return [text(path, keys, reverse) for keys in sys.argv[1].split() for reverse in (0, 1)]
    except (ValueError, TypeError, EOFError):
        return None
print(json.dumps([texts(path) for path in sys.argv[2:]]))
`;

/** yappi has the two numbers of calls in each other's place: pstats prints more primitive calls than calls. */
const SWAPPED = /yappi/;

const paths = samples
  .filter(({ path, format }) => format === 'pstats' && !SWAPPED.test(path))
  .map(({ path }) => path);

/** One text for each sort order and its reverse; `undefined` where the table has no such column. */
function printed(path: string): (string | undefined)[] {
  const profile = readSample(path);
  const table = toTable(profile);
  const functions = new Functions(table, new Uint8Array(table.files.length));
  const file = fixturePath(path);
  const files = [{ path: file, modifiedMs: statSync(file).mtimeMs }];
  const columns = functionColumns(functions).map(({ id }) => id);
  return SORTS.flatMap(([, sort]) =>
    [false, true].map((isReversed) => {
      if (!columns.includes(sort)) return undefined;
      const order = Int32Array.from(sortedFunctions(functions, { sort, isReversed }));
      return printTable(profile, files, { order, sort, restriction: undefined });
    }),
  );
}

describe('the printed table', { skip: interpreters.length === 0 && 'no Python was found' }, () => {
  const loaded = new Set<string>();
  for (const { program: python, version } of interpreters) {
    it(`is what pstats of Python ${version} prints (${python})`, () => {
      const keys = SORTS.map(([key]) => key).join(' ');
      const { status, stdout, stderr } = spawnSync(
        python,
        ['-c', program, keys, ...paths.map(fixturePath)],
        { encoding: 'utf8', env: { ...process.env, PYTHONUTF8: '1' }, maxBuffer: 2 ** 28 },
      );
      assert.equal(status, 0, stderr);
      // The dicts of Python 2 have no order, so that equal rows have none.
      const lines = (text: string): string =>
        version.startsWith('2.') ? text.split('\n').sort().join('\n') : text;
      const texts = JSON.parse(stdout) as (readonly string[] | null)[];
      for (const [index, path] of paths.entries()) {
        const expected = texts[index];
        if (!expected) continue;
        loaded.add(path);
        for (const [nth, text] of printed(path).entries()) {
          if (text !== undefined) assert.equal(lines(text), lines(expected[nth] ?? ''), path);
        }
      }
    });
  }

  it('was compared for every sample that any Python 3 loads', () => {
    // The names in Python 2's files are bytes; the newest marshal and a sampler's mark need their own Python.
    const left = paths.filter(
      (path) => !loaded.has(path) && !/cp27|hotshot|cp31[45]|tachyon/.test(path),
    );
    assert.deepEqual(left, []);
    assert.ok(loaded.size > 0);
  });
});
