/** Exported stats in the `pstats` module of every interpreter that can be found. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { callGraphOf } from '../../src/core/derive/callGraph';
import type { Profile } from '../../src/core/model/profile';
import { pstats } from '../../src/core/writers/pstats';
import { comparableProfile, comparableRows, type Row } from '../unit/core/formats/pstatsRows';
import { readSample } from '../unit/core/formats/samples';
import { exportSource } from '../unit/core/writers/exported';
import { findInterpreters } from './interpreters';

const interpreters = findInterpreters();
const directory = mkdtempSync(join(tmpdir(), 'hotline-exports-'));

after(() => {
  rmSync(directory, { recursive: true });
});

/** Prints what `pstats.Stats` reads of each file; its own report must print as well. */
const program = `
import io, json, pstats, sys
def rows(path):
    stats = pstats.Stats(path, stream=open(path + '.txt', 'w'))
    stats.sort_stats('cumulative').print_stats(0)
    return [
        dict(file=k[0], line=k[1], func=k[2], cc=v[0], nc=v[1], tt=v[2], ct=v[3],
             callers=[[list(c), list(n) if isinstance(n, tuple) else n] for c, n in v[4].items()])
        for k, v in stats.stats.items()
    ]
print(json.dumps([rows(path) for path in sys.argv[1:]]))
`;

/** Recursion, built-ins and names beyond ASCII; counts without times; stacks; samples; lines; nanoseconds. */
const paths = [
  'pstats/cprofile-cp311.prof',
  'pstats/runprofileserver/root.000025ms.1795175664.prof',
  'callgrind/valgrind-callgrind.out',
  'hotline/names.lines.speedscope.json',
  'line_profiler/lp-5.0.2-cp311.lprof',
  'pyspy/pyspy-raw.out',
];

function exported(path: string): string {
  const file = join(directory, `${path.replaceAll('/', '-')}.pstats`);
  writeFileSync(file, pstats.write(exportSource(readSample(path))));
  return file;
}

/** The profile as a call graph, with what pstats has to have. */
function expected(path: string): Profile {
  const profile = readSample(path);
  return { ...profile, lines: [], data: callGraphOf(profile) };
}

describe('exported stats', { skip: interpreters.length === 0 && 'no Python was found' }, () => {
  const files = paths.map(exported);
  for (const { program: python, version } of interpreters) {
    it(`load in Python ${version} (${python})`, () => {
      const { status, stdout, stderr } = spawnSync(python, ['-c', program, ...files], {
        encoding: 'utf8',
        env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
        maxBuffer: 2 ** 28,
      });
      assert.equal(status, 0, stderr);
      const loaded = JSON.parse(stdout) as Row[][];
      for (const [index, path] of paths.entries()) {
        const is = comparableRows(loaded[index] ?? []);
        const was = comparableProfile(expected(path));
        for (const [label, { calls, self, total }] of was.functions) {
          const stats = is.functions.get(label);
          assert.deepEqual(
            { calls: stats?.calls, self: stats?.self, total: stats?.total },
            { calls, self, total },
            `${path}: ${label}`,
          );
        }
        assert.equal(is.functions.size, was.functions.size);
        assert.equal(is.edges.size, was.edges.size);
      }
    });
  }
});
