import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Comparison } from '../../src/core/derive/comparison/comparison';
import type { Inspection } from '../../src/core/derive/inspection';
import type { Row } from './core/formats/pstatsRows';
import { fixturePath, readJson } from './core/formats/samples';

const root = join(import.meta.dirname, '../..');
const command = ['--import', 'tsx', join(root, 'src/cli.ts')];
const directory = mkdtempSync(join(tmpdir(), 'hotline-cli-'));
const itemPage = 'pstats/runprofileserver/shop.items.40.000010ms.1795175664.prof';
const rootPage = 'pstats/runprofileserver/root.000025ms.1795175664.prof';

/** `script` of util-linux runs a command on a terminal of its own. */
const noTerminal = spawnSync('script', ['--version']).status !== 0 && 'script is not installed';

after(() => {
  rmSync(directory, { recursive: true });
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Outcome {
  return spawnSync(process.execPath, [...command, ...args], { cwd: root, encoding: 'utf8' });
}

function inspect(...args: string[]): Inspection {
  const { status, stdout, stderr } = run('inspect', ...args);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return JSON.parse(stdout) as Inspection;
}

describe('compare', () => {
  it('prints a verdict, both sides and their functions', () => {
    const [file, other] = [fixturePath(rootPage), fixturePath(itemPage)];
    const { status, stdout, stderr } = run('compare', file, other);
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const { verdict, before, after, functions, unit } = JSON.parse(stdout) as Comparison;
    assert.match(verdict.text, /^shop\.items\..* is .* faster than root\./);
    assert.equal(verdict.pValue, null);
    assert.equal(unit, 'seconds');
    assert.equal(before.mean, inspect(file).total);
    assert.equal(after.mean, inspect(other).total);
    const isLoads = ({ name }: { name: string }): boolean => name.includes('marshal.loads');
    const loaded = inspect(file).functions.find(isLoads)?.self;
    assert.ok(loaded);
    assert.deepEqual(functions.find(isLoads)?.self, { before: loaded, after: 0 });
  });

  it('tells in one sentence that two files do not measure the same', () => {
    const memory = fixturePath('memory_profiler/mprof-multiprocess.dat');
    const { status, stdout, stderr } = run('compare', fixturePath(rootPage), memory);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^They cannot be compared: .* seconds, and .* bytes\.\n$/);
  });
});

describe('inspect', () => {
  it('prints the functions with the numbers of pstats, and the request of the name', () => {
    const inspection = inspect(fixturePath(rootPage));
    const rows = readJson(`${rootPage}.json`) as Row[];
    assert.equal(inspection.format, 'pstats');
    assert.equal(inspection.unit, 'seconds');
    assert.deepEqual(inspection.request, {
      path: '/',
      started: '2026-11-20T11:54:23.975Z',
      durationMs: 25,
    });
    assert.deepEqual(inspection.lines, []);
    const numbers = ({ self, total }: { self: number | null; total: number }) => [self, total];
    assert.deepEqual(
      inspection.functions.map(numbers),
      rows
        .map(({ tt, ct }) => numbers({ self: tt, total: ct }))
        .sort(([a = 0, b = 0], [c = 0, d = 0]) => (c ?? 0) - (a ?? 0) || (d ?? 0) - (b ?? 0)),
    );
    const [slowest] = inspection.functions;
    const expected = rows.find(({ tt }) => tt === slowest?.self);
    assert.equal(slowest?.name, expected?.func);
    assert.equal(slowest?.calls, expected?.nc);
    assert.equal(slowest?.primitiveCalls, expected?.cc);
  });

  it('prints lines with hits, time and time per hit', () => {
    const { lines, functions } = inspect(fixturePath('line_profiler/lp-5.0.2-cp311.lprof'));
    const line = lines.find((each) => each.line === 7);
    assert.deepEqual(line, {
      file: 'lp_target.py',
      line: 7,
      hits: 212,
      time: 21729 * 1e-9,
      perHit: (21729 * 1e-9) / 212,
    });
    assert.equal(functions.find(({ name }) => name === 'inner')?.self, null);
  });

  it('prints the queries, template lines and request that our own profiler recorded', () => {
    const { request, lines, queries, templates, memory } = inspect(
      fixturePath('hotline/orders.lines.speedscope.json'),
    );
    const orders = '/srv/hotline-shop/store/templates/store/orders.html';
    assert.equal(request.path, '/orders/');
    assert.equal(request.queryCount, queries?.length);
    assert.equal(queries?.filter(({ file, line }) => file === orders && line === 8).length, 20);
    assert.equal(templates?.find(({ file, line }) => file === orders && line === 8)?.hits, 20);
    assert.equal(lines.find(({ file }) => file.endsWith('store/views.py'))?.hits, 1);
    const library = lines.filter(({ file }) => !file.startsWith('/srv/hotline-shop/'));
    assert.ok(
      library.every(({ hits }) => hits === null),
      'samples are no hits',
    );
    assert.equal(memory, undefined);
  });

  it('reads the name by the template that it is given', () => {
    const path = join(directory, '2026-POST-shop.items-0.125.prof');
    copyFileSync(fixturePath(rootPage), path);
    const { request } = inspect(path, '--template', '2026-{method}-{path}-{duration:.3f}');
    assert.equal(request.method, 'POST');
    assert.equal(request.path, 'shop.items');
  });
});

describe('convert', () => {
  it('prints a speedscope document with the files and lines of the functions', () => {
    const path = fixturePath('pstats/cprofile-cp311.prof');
    const { status, stdout } = run('convert', path, '--to', 'speedscope');
    assert.equal(status, 0);
    const document = JSON.parse(stdout) as {
      $schema: string;
      shared: { frames: { name: string; file?: string; line?: number }[] };
    };
    assert.equal(document.$schema, 'https://www.speedscope.app/file-format-schema.json');
    const spin = document.shared.frames.find(({ name }) => name.startsWith('spin'));
    assert.match(spin?.file ?? '', /work\.py$/);
    assert.equal(spin?.line, 17);
  });

  it('writes text and bytes to a file, with what it cannot hold on the standard error', () => {
    const path = fixturePath('hotline/names.lines.speedscope.json');
    for (const id of ['pstats', 'callgrind']) {
      const out = join(directory, `names.${id}`);
      const { status, stdout, stderr } = run('convert', path, '--to', id, '-o', out);
      assert.equal(status, 0, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, /^([A-Z][^\n]*\.\n)+$/);
      assert.ok(statSync(out).size > 100, id);
    }
  });

  it('replaces a file only when told to, and never the profile', () => {
    const path = join(directory, 'replaced.prof');
    const out = join(directory, 'replaced.csv');
    copyFileSync(fixturePath('pstats/cprofile-cp311.prof'), path);
    writeFileSync(out, 'mine');
    const convert = (...args: string[]): Outcome =>
      run('convert', path, '--to', 'functions-csv', '-o', ...args);
    const refused = convert(out);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /^[^\n]*replaced\.csv: [A-Z][^\n]*--force[^\n]*\.\n$/);
    assert.equal(readFileSync(out, 'utf8'), 'mine');
    assert.equal(convert(out, '--force').status, 0);
    assert.match(readFileSync(out, 'utf8'), /^function,file,line,/);
    assert.equal(convert(path, '--force').status, 2);
    assert.deepEqual(readFileSync(path), readFileSync(fixturePath('pstats/cprofile-cp311.prof')));
  });

  it('says in one sentence that a format can hold nothing of a profile', () => {
    const path = fixturePath('line_profiler/lp-5.0.2-cp311.lprof');
    const { status, stdout, stderr } = run('convert', path, '--to', 'folded');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^[^\n]*\.lprof: [A-Z][^\n]*\.\n$/);
  });

  it('prints no bytes to a terminal', { skip: noTerminal }, () => {
    const path = fixturePath('pstats/cprofile-cp311.prof');
    const line = [process.execPath, ...command, 'convert', path, '--to', 'pstats'].join(' ');
    const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    assert.match(stdout, /^The output is binary/);
  });

  it('converts the metric that is chosen', () => {
    const path = fixturePath('callgrind/valgrind-callgrind-caches.out');
    const { metrics } = inspect(path);
    const [first, second] = metrics?.all ?? [];
    assert.equal(metrics?.shown, first?.id);
    const chosen = inspect(path, '--metric', second?.id ?? '');
    assert.equal(chosen.metrics?.shown, second?.id);
    assert.notEqual(chosen.total, inspect(path).total);
    const { stdout } = run('convert', path, '--to', 'callgrind', '--metric', second?.id ?? '');
    assert.match(stdout, new RegExp(`^events: ${second?.id}$`, 'm'));
    assert.match(stdout, new RegExp(`^summary: ${chosen.total}$`, 'm'));
    const { status, stderr } = run('inspect', path, '--metric', 'nonsense');
    assert.equal(status, 2);
    assert.match(stderr, /^There is no metric nonsense in [^\n]*: it has [^\n]*\.\n/);
  });

  it('prints all of it into a pipe that is read slowly', () => {
    const args = ['-c', '"$@" | (sleep 1; cat)', 'sh', process.execPath, ...command];
    const { stdout } = spawnSync('sh', [...args, 'inspect', fixturePath(rootPage)], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.ok(stdout.length > 100_000);
    assert.equal((JSON.parse(stdout) as Inspection).functions.length, 535);
  });
});

describe('failures', () => {
  const empty = join(directory, 'empty.prof');
  writeFileSync(empty, '');
  const text = join(directory, 'text.prof');
  writeFileSync(text, 'Dear diary,\n');

  for (const [what, file] of [
    ['an empty file', empty],
    ['another kind of file', text],
    ['a file that is not there', join(directory, 'nothing.prof')],
    ['a directory', directory],
  ] as const) {
    it(`tells of ${what} in one sentence that names it`, () => {
      const { status, stdout, stderr } = run('inspect', file);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.ok(stderr.startsWith(`${file}: `), stderr);
      assert.match(stderr.slice(file.length), /^: [A-Z][^\n]*\.\n$/);
    });
  }

  it('tells of a template that cannot be used', () => {
    const { status, stdout, stderr } = run('inspect', fixturePath(rootPage), '--template', '{');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^[^\n]+\n$/);
  });

  it('explains itself when it is used wrongly', () => {
    for (const args of [
      [],
      ['inspect'],
      ['compare', text],
      ['compare', text, text, text],
      ['inspect', text, text],
      ['convert', text],
      ['inspect', '--x'],
      ['convert', text, '--to', 'nonsense'],
      ['inspect', text, '--from', 'yesterday'],
      ['inspect', text, '--from', '2026-01-02', '--until', '2026-01-01T10:00Z'],
    ]) {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /Usage:/);
    }
  });
});
