import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Inspection } from '../../src/core/derive/inspection';
import type { Row } from './core/formats/pstatsRows';
import { fixturePath, readJson } from './core/formats/samples';

const root = join(import.meta.dirname, '../..');
const command = ['--import', 'tsx', join(root, 'src/cli.ts')];
const directory = mkdtempSync(join(tmpdir(), 'hotline-cli-'));
const rootPage = 'pstats/runprofileserver/root.000025ms.1795175664.prof';

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
      ['convert', text],
      ['inspect', '--x'],
    ]) {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /Usage:/);
    }
  });
});
