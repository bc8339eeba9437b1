import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Recording } from '../../../src/attach/recording';
import type { FailureKind } from '../../../src/attach/samplerFailure';
import { SamplerFailure } from '../../../src/attach/samplerFailure';
import { poll } from '../../vscode/harness/poll';

const skip = process.platform === 'win32' && 'Windows has no SIGINT';

/** A program that behaves as a sampler does. */
const WRITES = `require('fs').writeFileSync(process.argv[1], 'x'.repeat(100));`;
const WAITS = `process.on('SIGINT', () => { ${WRITES} process.exit(1); }); setInterval(() => {}, 1000);
require('fs').writeFileSync(process.argv[1] + '.ready', '');`;

describe('a recording', () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-recording-'));
    file = join(folder, 'recorded');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function record(script: string): Recording {
    const program = process.execPath;
    return new Recording(
      {
        name: 'py-spy',
        program,
        ending: '',
        recordCommand: (request) => [program, '-e', script, request.file],
      },
      { pid: 1, file, seconds: 1, rate: 1, idle: false, native: false, subprocesses: false },
    );
  }

  const there = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );

  async function ready(): Promise<void> {
    await poll('the program', async () => ((await there(`${file}.ready`)) ? true : undefined));
    await rm(`${file}.ready`);
  }

  async function fails(script: string, kind: FailureKind): Promise<void> {
    await assert.rejects(
      record(script).finished,
      (error) => error instanceof SamplerFailure && error.kind === kind,
    );
    assert.equal(await there(file), false);
  }

  it('ends by itself', async () => {
    assert.equal(await record(WRITES).finished, true);
    assert.equal((await readFile(file)).length, 100);
    await rm(file);
  });

  it('is kept when it is stopped, whatever code the sampler ends with', { skip }, async () => {
    const recording = record(WAITS);
    await ready();
    recording.stop();
    assert.equal(await recording.finished, true);
    assert.ok(await there(file));
    await rm(file);
  });

  it('leaves nothing when it is discarded', { skip }, async () => {
    const recording = record(WRITES + WAITS);
    await ready();
    recording.discard();
    assert.equal(await recording.finished, false);
    assert.equal(await there(file), false);
  });

  it('fails, and leaves nothing, where the sampler failed or saw nothing', async () => {
    await fails(`console.error('Error: Operation not permitted'); process.exit(1)`, 'permission');
    await fails(`${WRITES} process.exit(36)`, 'gone');
    await fails(`${WRITES} console.error('Samples: 0 Errors: 0')`, 'nothingRan');
    await fails('', 'other');
  });
});
