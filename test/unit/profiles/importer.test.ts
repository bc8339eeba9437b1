import assert from 'node:assert/strict';
import { truncate, writeFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { build } from 'esbuild';
import { Importer } from '../../../src/profiles/importer';
import { MAXIMUM_BYTES } from '../../../src/profiles/profileFile';

const FIXTURE = 'test/fixtures/profiles/pstats/cprofile-cp311.prof';
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
    const { speedscope, note } = await importer.flamegraph(FIXTURE, 'GET /shop', LIMITS);
    const document = JSON.parse(new TextDecoder().decode(speedscope)) as { name: string };
    assert.equal(document.name, 'GET /shop');
    assert.match(note ?? '', /call tree/);
  });

  it('gives the annotations by source file', async () => {
    const { files, lineData } = await importer.annotations(FIXTURE);
    assert.ok(files instanceof Map && files.size > 0);
    assert.equal(lineData, 'none');
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
