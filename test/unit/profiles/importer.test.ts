import assert from 'node:assert/strict';
import { copyFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { build } from 'esbuild';
import { Importer } from '../../../src/profiles/importer';
import { MAXIMUM_BYTES } from '../../../src/profiles/profileFile';

const FIXTURE = 'test/fixtures/profiles/pstats/cprofile-cp311.prof';
const MEMORY_FIXTURE = 'test/fixtures/profiles/memory_profiler/mprof-multiprocess.dat';
const EVENTS_FIXTURE = 'test/fixtures/profiles/callgrind/valgrind-cachegrind.out';
const REQUESTS = 'test/fixtures/profiles/pstats/runprofileserver';
const LIMITS = { minimumShare: 0.001, maximumNodes: 50_000 };

describe('Importer', () => {
  let directory: string;
  let importer: Importer;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hotline-test-'));
    const worker = join(directory, 'worker.js');
    await build({
      entryPoints: ['src/profiles/worker.ts'],
      outfile: worker,
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
    importer = new Importer(worker);
  });

  after(async () => {
    importer.dispose();
    await rm(directory, { recursive: true });
  });

  it('summarizes a profile for its row', async () => {
    const summary = await importer.summary(FIXTURE);
    assert.equal(summary.format, 'pstats');
    assert.equal(summary.unit, 'seconds');
    assert.ok(summary.functionCount > 0 && summary.total > 0);
  });

  it('gives the flamegraph as bytes of a speedscope document', async () => {
    const result = await importer.flamegraph(FIXTURE, 'GET /shop', LIMITS);
    assert.ok(result.kind === 'graph');
    const document = JSON.parse(new TextDecoder().decode(result.speedscope)) as { name: string };
    assert.equal(document.name, 'GET /shop');
    assert.match(result.note ?? '', /call tree/);
  });

  it('gives a plot of values over time', async () => {
    const result = await importer.flamegraph(MEMORY_FIXTURE, 'memory', LIMITS);
    assert.ok(result.kind === 'plot' && result.plot.series.length === 3);
    assert.equal((await importer.summary(MEMORY_FIXTURE)).dataKind, 'timeline');
  });

  it('reads what was chosen of a file, and again what was not', async () => {
    const shown = async (metric?: string): Promise<unknown> => {
      const { offered } = await importer.flamegraph(EVENTS_FIXTURE, '', LIMITS, {
        choice: { metric },
      });
      return offered.metrics?.shown;
    };
    assert.deepEqual([await shown(), await shown('Dr'), await shown()], ['Ir', 'Dr', 'Ir']);
    const { metric } = await importer.annotations(EVENTS_FIXTURE, { choice: { metric: 'Dr' } });
    assert.match(metric ?? '', /Dr/);
  });

  it('gives the annotations by source file', async () => {
    const { files, lineData } = await importer.annotations(FIXTURE);
    assert.ok(files instanceof Map && files.size > 0);
    assert.equal(lineData, 'none');
  });

  it('compares two sides, and leaves out what does not read', async () => {
    const names = (await readdir(REQUESTS)).filter((name) => name.endsWith('.prof'));
    const paths = names.map((name) => join(REQUESTS, name));
    const gone = join(directory, 'gone.prof');
    const source = {
      title: 'FIXTURE ↔ requests',
      subject: 'GET /',
      before: FIXTURE,
      after: { title: 'requests', paths: [...paths, gone] },
    };
    const { before, after, verdict, tree, notes } = await importer.compare(source, LIMITS);
    assert.deepEqual([before.name, before.requests], [basename(FIXTURE), 1]);
    assert.deepEqual([after.name, after.requests], ['requests', paths.length]);
    assert.match(verdict.text, /^GET \/ is /);
    assert.ok(tree?.parent instanceof Int32Array);
    assert.deepEqual(notes, ['requests: 1 file cannot be read and is left out: gone.prof.']);
    const unreadable = { ...source, after: { title: 'gone', paths: [gone] } };
    await assert.rejects(importer.compare(unreadable, LIMITS), { message: 'The file is gone.' });
  });

  it('reads a file again when it has changed', async () => {
    const path = join(directory, 'changing.prof');
    await copyFile(FIXTURE, path);
    await importer.annotations(path);
    await truncate(path, 100);
    await assert.rejects(importer.annotations(path), {
      name: 'ProfileError',
      reason: 'incomplete',
    });
  });

  it('says why a file cannot be read', async () => {
    const cases: readonly [path: string, error: object][] = [
      [join(directory, 'gone.prof'), { message: 'The file is gone.', reason: 'broken' }],
      [directory, { message: 'It is not a regular file.', reason: 'broken' }],
    ];
    for (const [path, error] of cases) await assert.rejects(importer.summary(path), error);
  });

  it('refuses a file that is too large, with the numbers', async () => {
    const path = join(directory, 'huge.prof');
    await writeFile(path, '');
    await truncate(path, MAXIMUM_BYTES + 1);
    await assert.rejects(importer.summary(path), {
      reason: 'tooLarge',
      message: 'It has 513 MiB; Hotline reads files of up to 512 MiB.',
    });
  });
});
