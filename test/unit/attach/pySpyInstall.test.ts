import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { InstallError, installPySpy, pipRefused } from '../../../src/attach/pySpyInstall';
import { djangoEnvironment } from '../server/djangoProject';

/** Writes a wheel whose one program prints a word. */
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/py_spy-9.9-py3-none-any.whl", "w") as wheel:
    info = "py_spy-9.9.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: py-spy\\nVersion: 9.9\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    program = zipfile.ZipInfo("py_spy-9.9.data/scripts/py-spy")
    program.external_attr = 0o100755 << 16
    wheel.writestr(program, "#!python\\nprint('sampled')\\n")
    wheel.writestr(info + "RECORD", "")
`;

const environment = djangoEnvironment();
const skip =
  process.platform === 'win32' || environment === undefined
    ? 'there is no environment for tests whose Python makes others'
    : false;

describe('installing py-spy', { skip }, () => {
  const python = [join(environment ?? '', 'bin', 'python')];
  const variables = ['PIP_NO_INDEX', 'PIP_FIND_LINKS'] as const;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-install-'));
    process.env['PIP_NO_INDEX'] = '1';
    process.env['PIP_FIND_LINKS'] = folder;
  });
  after(async () => {
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    await rm(folder, { recursive: true, force: true });
  });

  function install(signal = new AbortController().signal): Promise<string> {
    return installPySpy({ python, folder: join(folder, 'storage', 'own'), signal });
  }

  const isLeft = (): Promise<boolean> =>
    access(join(folder, 'storage', 'own')).then(
      () => true,
      () => false,
    );

  it('says in a sentence that pip finds none, and leaves nothing', async () => {
    await assert.rejects(install(), (error) => {
      assert.ok(error instanceof InstallError);
      assert.match(
        error.message,
        /^pip finds no py-spy for this system: [^\n]*hotline\.attach\.pySpy\.$/,
      );
      return true;
    });
    assert.equal(await isLeft(), false);
  });

  it('leaves nothing when it is cancelled', async () => {
    await assert.rejects(install(AbortSignal.abort()));
    assert.equal(await isLeft(), false);
  });

  it('makes an environment of our own with the program', async () => {
    execFileSync(python[0] ?? '', ['-c', WHEEL, folder]);
    const program = await install();
    assert.equal(program, join(folder, 'storage', 'own', 'bin', 'py-spy'));
    assert.equal(execFileSync(program).toString(), 'sampled\n');
  });
});

it('tells a missing network from other refusals of pip', () => {
  const offline =
    'WARNING: Retrying: NewConnectionError: Temporary failure in name resolution\nERROR: No matching distribution found for py-spy';
  assert.match(pipRefused(offline), /^pip could not reach the package index/);
  assert.equal(
    pipRefused('ERROR: No space left on device.\n'),
    'pip could not install py-spy: ERROR: No space left on device.',
  );
});
