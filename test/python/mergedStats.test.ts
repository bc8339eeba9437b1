/** Merged profiles against `pstats.Stats.add` of every interpreter that can be found. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { ProfileMerger } from '../../src/core/derive/merge';
import { checkIntegrity } from '../../src/core/model/integrity';
import { comparableProfile, comparableRows, type Row } from '../unit/core/formats/pstatsRows';
import { fixturePath, readSample, samples } from '../unit/core/formats/samples';
import { findInterpreters, type Interpreter } from './interpreters';

/** Prints the rows of the sum of each list of files, `null` where this Python cannot read one of them. */
const program = `
import json, pstats, sys
def rows(paths):
    try:
        stats = pstats.Stats(paths[0])
        for path in paths[1:]:
            stats.add(path)
    except Exception:
        return None
    return [
        dict(file=k[0], line=k[1], func=k[2], cc=v[0], nc=v[1], tt=v[2], ct=v[3],
             callers=[[list(c), list(n) if isinstance(n, tuple) else n] for c, n in v[4].items()])
        for k, v in stats.stats.items()
    ]
print(json.dumps([rows(paths) for paths in json.load(sys.stdin)]))
`;

/** Rows of each of `sums`. */
function sumsBy({ program: python }: Interpreter): (Row[] | null)[] {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], {
    input: JSON.stringify(sums.map((paths) => paths.map(fixturePath))),
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as (Row[] | null)[];
}

const pstatsPaths = samples
  .filter(({ path, format }) => format === 'pstats' && !path.includes('tachyon'))
  .map(({ path }) => path);
const requests = pstatsPaths.filter((path) => path.includes('runprofileserver'));

/** What a server left, with and without another program's, and each sample with itself. */
const sums: readonly (readonly string[])[] = [
  requests,
  ['pstats/cprofile-cp311.prof', ...requests, 'pstats/cprofile-cp38.prof'],
  ...pstatsPaths.map((path) => [path, path]),
];

const interpreters = findInterpreters();

describe('the sum of stats', { skip: interpreters.length === 0 && 'no Python was found' }, () => {
  for (const python of interpreters) {
    it(`is that of pstats in Python ${python.version} (${python.program})`, () => {
      let compared = 0;
      for (const [index, rows] of sumsBy(python).entries()) {
        if (!rows) continue;
        compared += 1;
        const paths = sums[index] ?? [];
        const merger = new ProfileMerger();
        for (const path of paths) merger.add(readSample(path), path);
        const merged = merger.finish();
        assert.deepEqual(checkIntegrity(merged), [], paths.join());
        assert.deepEqual(comparableProfile(merged), comparableRows(rows), paths.join());
      }
      assert.ok(compared > 0, 'this Python reads none of the samples');
    });
  }
});
