import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { accepts } from '../../src/server/address';
import { freePort, makeDjangoProject, type DjangoProject } from '../unit/server/djangoProject';
import { packDebuggerExtension } from './debuggerExtension';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';
import { serverEnvironment } from './serverEnvironment';

const host = '127.0.0.1';

describe('"hotline" in a launch configuration of debugpy', () => {
  let project: DjangoProject;
  let packing: string;
  let workbench: Workbench;
  let port: number;

  const launch = async (hotline: unknown): Promise<void> => {
    const configuration = {
      name: 'Shop',
      type: 'debugpy',
      request: 'launch',
      python: join(project.folder, '.venv/bin/python'),
      program: '${workspaceFolder}/manage.py',
      cwd: '${workspaceFolder}',
      args: ['runserver', '--noreload', `${host}:${port}`],
      console: 'internalConsole',
      hotline,
    };
    await project.write(
      '.vscode/launch.json',
      JSON.stringify({ version: '0.2.0', configurations: [configuration] }, undefined, 2),
    );
  };

  before(async () => {
    const environment = await serverEnvironment();
    project = await makeDjangoProject();
    await rm(join(project.folder, '.venv'), { force: true });
    await symlink(environment, join(project.folder, '.venv'));
    const settings = await readFile(join(project.folder, 'shop/settings.py'), 'utf8');
    await project.write('shop/settings.py', settings.replace(', "django_extensions"', ''));
    packing = await mkdtemp(join(tmpdir(), 'hotline-'));
    port = await freePort();
    await launch({ mode: 'samples', include: ['/items/*'] });
    workbench = await Workbench.start({
      workspace: project.folder,
      extensions: [await packDebuggerExtension(packing, environment)],
    });
    await workbench.showProfiles();
  });
  after(async () => {
    await workbench.dispose();
    await project.remove();
    await rm(packing, { recursive: true, force: true });
  });

  it('is a property that launch.json knows', async () => {
    await workbench.openFile('launch.json');
    await workbench.editor.goToLine(1);
    // A misspelt property is the sign that the file has been looked at.
    await project.write(
      '.vscode/launch.json',
      (await readFile(join(project.folder, '.vscode/launch.json'), 'utf8')).replace(
        '"console"',
        '"consoles"',
      ),
    );
    await workbench.command('View: Focus Problems');
    const problems = await poll('the misspelt property among the problems', async () => {
      const texts = await workbench.page.locator('.markers-panel .monaco-tl-row').allInnerTexts();
      return texts.some((text) => text.includes('consoles')) ? texts : undefined;
    });
    assert.deepEqual(
      problems.filter((text) => text.includes('hotline')),
      [],
    );
    await launch({ mode: 'samples', include: ['/items/*'] });
  });

  it('profiles the server that the debugger starts, with the options it has', async () => {
    await workbench.command('Debug: Start Debugging');
    await poll('the server', async () => (await accepts({ host, port })) || undefined);
    assert.equal((await fetch(`http://${host}:${port}/nothing/`)).status, 404);
    assert.equal((await fetch(`http://${host}:${port}/items/5/`)).status, 200);
    await workbench.profiles.row('/items/5/').waitFor();
    const names = (await readdir(join(project.folder, '.hotline'))).filter((name) =>
      name.endsWith('.speedscope.json'),
    );
    assert.equal(names.length, 1);
    const text = await readFile(join(project.folder, '.hotline', names[0] ?? ''), 'utf8');
    const { hotline } = JSON.parse(text) as { readonly hotline: { readonly mode: string } };
    assert.equal(hotline.mode, 'samples');
    await workbench.screenshot('debugger');
    await workbench.command('Debug: Stop');
    await poll('the server to end', async () =>
      (await accepts({ host, port })) ? undefined : true,
    );
  });

  it('names an option that is wrong, and debugs without the profiler', async () => {
    await launch({ mode: 'fast' });
    await workbench.command('Debug: Start Debugging');
    await poll('the notification', async () =>
      (await workbench.notifications()).find((text) =>
        text.includes('mode must be lines, samples, exact, calls or memory'),
      ),
    );
    await poll('the server', async () => (await accepts({ host, port })) || undefined);
    await workbench.command('Debug: Stop');
  });
});
