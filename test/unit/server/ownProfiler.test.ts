import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hotlineVariables } from '../../../src/profiler/profilerVariables';
import { developmentServer } from '../../../src/server/developmentServer';
import { profiledEnvironment, serverEnvironment } from '../../../src/server/environment';
import { probeInterpreter } from '../../../src/server/interpreterProbe';
import { ServerProcess } from '../../../src/server/serverProcess';
import { root } from '../../../tools/paths.mjs';
import { poll } from '../../vscode/harness/poll';
import { defaultOptions } from '../profiler/defaultOptions';
import { freePort, makeDjangoProject, withoutDjango, type DjangoProject } from './djangoProject';
import { ServerRecording } from './serverRecording';

describe('our own profiler in the real runserver', { skip: withoutDjango() }, () => {
  let project: DjangoProject;
  let profiles: string;
  let python: string[];
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    project = await makeDjangoProject();
    // Nothing but Django is needed.
    const settings = await readFile(join(project.folder, 'shop/settings.py'), 'utf8');
    await project.write('shop/settings.py', settings.replace(', "django_extensions"', ''));
    profiles = join(project.folder, 'profiles');
    python = [join(project.folder, '.venv/bin/python')];
    const plain = serverEnvironment({
      base: process.env,
      python: python[0],
      overrides: { PYTHONDONTWRITEBYTECODE: '1' },
      platform: process.platform,
    });
    const variables = hotlineVariables({
      directory: profiles,
      fileNameTemplate: '{path}.{duration:06d}ms.{time}',
      sourceRoots: [project.folder],
      options: defaultOptions,
      platform: process.platform,
    });
    const bootstrap = join(root, 'python/bootstrap');
    environment = profiledEnvironment(plain, { bootstrap, variables }, process.platform);
  });
  after(() => project.remove());

  it('is taken in by the interpreter, which tells what it has', async () => {
    const facts = await probeInterpreter({ python, cwd: project.folder, environment });
    assert.equal(facts.takesProfiler, true);
    assert.ok(facts.packages.has('django'));
    assert.ok(facts.version[0] === 3 && facts.version[1] >= 8, facts.version.join('.'));
  });

  it('is kept out by an interpreter that ignores the environment', async () => {
    const isolated = { python: [...python, '-I'], cwd: project.folder, environment };
    assert.equal((await probeInterpreter(isolated)).takesProfiler, false);
  });

  it('says that it is there, and leaves a profile of a request', async () => {
    const address = { host: '127.0.0.1', port: await freePort() };
    const manageFile = join(project.folder, 'manage.py');
    const { argv } = developmentServer(
      { kind: 'django', cwd: project.folder, manageFile },
      { ...address, python, furtherArguments: [], flask: undefined },
    );
    const recording = new ServerRecording();
    const server = new ServerProcess(
      { ...address, argv, python, cwd: project.folder, environment },
      recording.listener,
    );
    try {
      await recording.until('answer');
      const response = await fetch(`http://127.0.0.1:${address.port}/items/5/`);
      assert.equal(await response.text(), 'item 5');
      const name = await poll('a profile', async () =>
        (await readdir(profiles).catch(() => [])).find((file) => !file.startsWith('.')),
      );
      assert.match(name, /^items\.5\.\d{6}ms\.\d{10}\.speedscope\.json$/);
      const profile = JSON.parse(await readFile(join(profiles, name), 'utf8')) as {
        readonly hotline: { readonly request: { readonly path: string } };
      };
      assert.equal(profile.hotline.request.path, '/items/5/');
      assert.ok(
        recording.output.includes(`hotline: profiling requests into ${profiles}`),
        recording.output,
      );
    } finally {
      await server.stop();
    }
  });
});
