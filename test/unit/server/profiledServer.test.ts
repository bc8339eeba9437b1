import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { accepts } from '../../../src/server/address';
import { profiledServerCommand } from '../../../src/server/commandLine';
import { serverEnvironment } from '../../../src/server/environment';
import { missingFrom, probeProject } from '../../../src/server/probe';
import { ServerProcess, type Launch } from '../../../src/server/serverProcess';
import { readUrlTemplates } from '../../../src/server/urlList';
import { poll } from '../../vscode/harness/poll';
import { freePort, makeDjangoProject, withoutDjango, type DjangoProject } from './djangoProject';
import { ServerRecording } from './serverRecording';

describe('the real runprofileserver', { skip: withoutDjango() }, () => {
  let project: DjangoProject;
  let profiles: string;

  before(async () => {
    project = await makeDjangoProject();
    profiles = join(project.folder, 'profiles');
    await mkdir(profiles);
  });
  after(() => project.remove());

  async function launch(): Promise<Launch> {
    const python = [join(project.folder, '.venv/bin/python')];
    const manageFile = join(project.folder, 'manage.py');
    const environment = serverEnvironment({
      base: process.env,
      python: python[0],
      overrides: { PYTHONDONTWRITEBYTECODE: '1' },
      platform: process.platform,
    });
    const probe = await probeProject(python, manageFile, environment);
    assert.equal(missingFrom(probe, python), undefined);
    const address = { host: '127.0.0.1', port: await freePort() };
    const { argv } = profiledServerCommand({
      ...address,
      python,
      manageFile,
      profileDirectory: profiles,
      template: '{path}.{duration:06d}ms.{time}',
      noMedia: true,
      kcachegrind: false,
      threading: 'auto',
      furtherArguments: [],
      probe,
    });
    return { ...address, argv, python, cwd: project.folder, environment };
  }

  it('answers, leaves a profile of a request, and stops with all its processes', async () => {
    const recording = new ServerRecording();
    const run = await launch();
    const server = new ServerProcess(run, recording.listener);
    try {
      await recording.until('answer');
      const response = await fetch(`http://127.0.0.1:${run.port}/items/5/`);
      assert.equal(await response.text(), 'item 5');
      const names = await poll('a profile', async () => {
        const found = (await readdir(profiles)).filter((name) => /ms\.\d+\.prof$/.test(name));
        return found.length > 0 ? found : undefined;
      });
      assert.match(names.join(), /^items\.5\.\d{6}ms\.\d{10}\.prof$/);
    } finally {
      await server.stop();
    }
    assert.equal(await accepts(run), false);
    assert.deepEqual(recording.events, ['answer', 'end']);
    assert.equal(recording.failure, undefined);
  });

  it('waits for a fix of a broken file and runs once it is saved', async () => {
    const recording = new ServerRecording();
    const urls = 'from django.urls import path\nurlpatterns = []\n';
    await project.write('shop/urls.py', `import nosuchlibrary\n${urls}`);
    const server = new ServerProcess(await launch(), recording.listener);
    try {
      await recording.until('standstill');
      assert.match(recording.failure?.message ?? '', /No module named 'nosuchlibrary'/);
      // The autoreloader looks once a second, and does not see what was saved before its first look.
      await poll('the fix to be seen', async () => {
        await project.write('shop/urls.py', urls);
        await sleep(1500);
        return recording.events.includes('answer') ? true : undefined;
      });
    } finally {
      await server.stop();
    }
  });

  it('tells why it ended by itself', async () => {
    const recording = new ServerRecording();
    const run = await launch();
    await project.write('shop/settings.py', 'raise RuntimeError("no settings today")\n');
    new ServerProcess(run, recording.listener);
    await recording.until('end');
    assert.match(recording.failure?.message ?? '', /RuntimeError: no settings today/);
  });

  it('tells that the program is not there', async () => {
    const recording = new ServerRecording();
    const missing = join(project.folder, 'no-python');
    const address = { host: '127.0.0.1', port: await freePort() };
    const process = { argv: [missing], python: [missing], cwd: project.folder, environment: {} };
    new ServerProcess({ ...address, ...process }, recording.listener);
    await recording.until('end');
    assert.equal(
      recording.failure?.message,
      `The program ${missing} cannot be started in ${project.folder}: it was not found.`,
    );
  });
});

describe('the probe and the list of URLs', { skip: withoutDjango() }, () => {
  let project: DjangoProject;

  before(async () => {
    project = await makeDjangoProject();
  });
  after(() => project.remove());

  const ask = (): ReturnType<typeof probeProject> =>
    probeProject(
      [join(project.folder, '.venv/bin/python')],
      join(project.folder, 'manage.py'),
      process.env,
    );

  it('lists the URL patterns of the project', async () => {
    const templates = await readUrlTemplates({
      python: [join(project.folder, '.venv/bin/python')],
      manageFile: join(project.folder, 'manage.py'),
      environment: process.env,
      signal: new AbortController().signal,
    });
    assert.ok(templates?.includes('/items/<int:pk>/'), String(templates));
  });

  it('sees what the project has', async () => {
    const probe = await ask();
    assert.equal(probe.installed, true);
    assert.equal(probe.exception, undefined);
    assert.ok(probe.options?.has('--prof-file'));
    assert.deepEqual(probe.excludedUrls, [
      ['MEDIA_URL', '/media/'],
      ['STATIC_URL', '/static/'],
    ]);
  });

  it('names the settings file that lacks django_extensions', async () => {
    const settings = join(project.folder, 'shop/settings.py');
    await project.write(
      'shop/settings.py',
      'SECRET_KEY = "x"\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "static/"\n',
    );
    assert.equal(
      missingFrom(await ask(), ['python'])?.message,
      `django-extensions is not switched on: add 'django_extensions' to INSTALLED_APPS in ${settings}.`,
    );
  });

  it('believes an AppConfig that stands for django_extensions', async () => {
    await project.write(
      'shop/apps.py',
      'from django.apps import AppConfig\nclass Tools(AppConfig):\n    name = "django_extensions"\n',
    );
    await project.write(
      'shop/settings.py',
      'SECRET_KEY = "x"\nINSTALLED_APPS = ["shop.apps.Tools"]\n',
    );
    assert.equal((await ask()).installed, true);
  });

  it('leaves a project that cannot be loaded to its server, which shows why', async () => {
    await project.write('shop/settings.py', 'print("hotline-probe {}")\nimport nosuchlibrary\n');
    const probe = await ask();
    assert.match(probe.exception ?? '', /nosuchlibrary/);
    assert.equal(missingFrom(probe, ['python']), undefined);
  });
});
