import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { accepts } from '../../src/server/address';
import {
  freePort,
  makeDjangoProject,
  withoutDjango,
  type DjangoProject,
} from '../unit/server/djangoProject';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const START = 'Hotline: Start profiled server';
const STOP = 'Hotline: Stop profiled server';
const host = '127.0.0.1';

/** Waits until a notification contains a text, and gives it whole. */
function notified(workbench: Workbench, part: string): Promise<string> {
  return poll(`the notification "${part}"`, async () =>
    (await workbench.notifications()).find((text) => text.includes(part)),
  );
}

async function press(workbench: Workbench, button: string): Promise<void> {
  await workbench.page
    .locator('.notification-list-item')
    .getByRole('button', { name: button, exact: true })
    .first()
    .click();
}

async function statusShows(workbench: Workbench, part: string): Promise<void> {
  await poll(`"${part}" in the status bar`, async () =>
    (await workbench.statusItems()).some((text) => text.includes(part)) ? true : undefined,
  );
}

async function statusEmpty(workbench: Workbench): Promise<void> {
  await poll('the status bar to be without a server', async () =>
    (await workbench.statusItems()).some((text) => /127\.0\.0\.1|rofiled server/.test(text))
      ? undefined
      : true,
  );
}

describe('Start profiled server', { skip: withoutDjango() }, () => {
  let project: DjangoProject;
  let workbench: Workbench;
  let port: number;

  before(async () => {
    project = await makeDjangoProject();
    port = await freePort();
    await project.write('.vscode/settings.json', JSON.stringify({ 'hotline.server.port': port }));
    workbench = await Workbench.start({ workspace: project.folder });
    await workbench.showProfiles();
  });
  after(async () => {
    await workbench.dispose();
    await project.remove();
  });

  it('shows the address once the server answers, and a request leaves a profile', async () => {
    await workbench.command(START);
    await statusShows(workbench, `${host}:${port}`);
    assert.equal(await (await fetch(`http://${host}:${port}/items/5/`)).text(), 'item 5');
    const names = await poll('a profile', async () => {
      const found = await readdir(join(project.folder, '.hotline')).catch(() => []);
      return found.find((name) => !name.startsWith('.'));
    });
    assert.match(names, /^items\.5\.\d{6}ms\.\d{10}\.speedscope\.json$/);
    await workbench.profiles.row('/items/5/').waitFor();
    await workbench.screenshot('server-running');
  });

  it('offers a restart when it is running already', async () => {
    await workbench.command(START);
    await notified(workbench, `already running at http://${host}:${port}/`);
    await press(workbench, 'Restart');
    await poll('the server to go', async () =>
      (await accepts({ host, port })) ? undefined : true,
    );
    await statusShows(workbench, `${host}:${port}`);
    assert.equal((await fetch(`http://${host}:${port}/items/6/`)).status, 200);
  });

  it('stops all its processes from the menu of the status bar', async () => {
    await workbench.page
      .locator('.statusbar-item')
      .filter({ hasText: String(port) })
      .click();
    await workbench.page.locator('.quick-input-widget').getByText('Stop', { exact: true }).click();
    await statusEmpty(workbench);
    assert.equal(await accepts({ host, port }), false);
  });

  it('says that the port is in use and starts on the next one', async () => {
    const other = createServer().listen(port, host);
    try {
      await workbench.command(START);
      await notified(workbench, `Port ${port} on ${host} is already in use`);
      const button = await workbench.page
        .locator('.notification-list-item')
        .getByRole('button', { name: /^Use Port \d+$/ })
        .innerText();
      await press(workbench, button);
      const next = Number(/\d+/.exec(button)?.[0]);
      await statusShows(workbench, `${host}:${next}`);
      assert.equal((await fetch(`http://${host}:${next}/items/7/`)).status, 200);
    } finally {
      other.close();
    }
    await workbench.command(STOP);
    await statusEmpty(workbench);
  });

  it('runs as a task of tasks.json', async () => {
    const own = await freePort();
    const task = { type: 'hotline', label: 'Shop', port: own, problemMatcher: [] };
    await project.write(
      '.vscode/tasks.json',
      JSON.stringify({ version: '2.0.0', tasks: [task] }, undefined, 2),
    );
    await poll('the task in the list', async () => {
      await workbench.command('Tasks: Run Task');
      const items = await workbench.quickInput.items();
      if (items.includes('Shop')) return true;
      await workbench.quickInput.cancel();
      return undefined;
    });
    await workbench.quickInput.pick('Shop');
    await statusShows(workbench, `${host}:${own}`);
    await workbench.command(STOP);
    await statusEmpty(workbench);
    assert.equal(await accepts({ host, port: own }), false);
  });

  it('waits for a fix when the application crashes at import', async () => {
    const urls = 'from django.urls import path\nurlpatterns = []\n';
    await project.write('shop/urls.py', `import nosuchlibrary\n${urls}`);
    await workbench.command(START);
    await notified(
      workbench,
      "The application crashed while loading, save a fix and the server starts: ModuleNotFoundError: No module named 'nosuchlibrary'.",
    );
    await statusShows(workbench, 'Profiled server waits for a fix');
    await workbench.screenshot('server-waits');
    await workbench.command('Terminal: Create New Terminal');
    await press(workbench, 'Show Terminal');
    await workbench.page
      .locator('.tabs-list .monaco-list-row.selected')
      .filter({ hasText: `Profiled server on ${host}:${port}` })
      .waitFor();
    // The autoreloader looks once a second, and does not see what was saved before its first look.
    await poll('the fix to be seen', async () => {
      await project.write('shop/urls.py', urls);
      await sleep(1500);
      return (await accepts({ host, port })) ? true : undefined;
    });
    await statusShows(workbench, `${host}:${port}`);
    await workbench.command(STOP);
    await statusEmpty(workbench);
  });

  it('serves with runprofileserver when the setting says so, and names what it lacks', async () => {
    await workbench.setSetting('hotline.server.profiler', 'runprofileserver');
    await workbench.command(START);
    await statusShows(workbench, `${host}:${port}`);
    assert.equal((await fetch(`http://${host}:${port}/nothing/`)).status, 200);
    await poll('a pstats profile', async () =>
      (await readdir(join(project.folder, '.hotline'))).find((name) => name.endsWith('.prof')),
    );
    await workbench.command(STOP);
    await statusEmpty(workbench);
    await project.write('shop/settings.py', 'SECRET_KEY = "x"\nINSTALLED_APPS = []\n');
    await workbench.command(START);
    const sentence = await notified(workbench, 'django-extensions is not switched on');
    assert.match(sentence, /add 'django_extensions' to INSTALLED_APPS in .*shop\/settings\.py\./);
    await press(workbench, 'Open Settings File');
    await poll('settings.py', async () =>
      (await workbench.tabs()).some(({ title }) => title === 'settings.py') ? true : undefined,
    );
    await statusEmpty(workbench);
  });
});

describe('Start profiled server without a Django project', () => {
  let project: DjangoProject;
  let workbench: Workbench;

  before(async () => {
    project = await makeDjangoProject();
    await project.write('manage.py', 'print("not that kind of manage.py")\n');
    workbench = await Workbench.start({ workspace: project.folder });
    await workbench.showProfiles();
  });
  after(async () => {
    await workbench.dispose();
    await project.remove();
  });

  it('asks how the application is started, runs the command it is given, and says why it is not profiled', async () => {
    const port = await freePort();
    await workbench.command(START);
    assert.deepEqual(
      (await workbench.quickInput.items()).map((label) => label.trim()),
      ['Choose file…', 'Enter a command…', 'Open settings'],
    );
    await workbench.page
      .locator('.quick-input-widget')
      .getByText('Enter a command…', { exact: true })
      .click();
    await workbench.quickInput.enter(`python3 -Iu -m http.server --bind \${host} ${port} -d shop`);
    await poll('the command to answer', async () =>
      (await accepts({ host, port })) ? true : undefined,
    );
    await notified(
      workbench,
      "Requests leave no profiles: Python's option -Iu makes it ignore PYTHONPATH.",
    );
    await workbench.command(STOP);
    await statusEmpty(workbench);
    assert.equal(await accepts({ host, port }), false);
  });
});

describe('Start profiled server in an untrusted workspace', () => {
  it('is not offered', async () => {
    const project = await makeDjangoProject();
    const workbench = await Workbench.start({
      workspace: project.folder,
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    });
    try {
      await workbench.showProfiles();
      await workbench.command('Hotline: Show log');
      const offered = await workbench.quickInput.commandsFor('Hotline: Start');
      assert.ok(!offered.includes(START), offered.join());
      const terminals = await workbench.quickInput.commandsFor('Hotline: Profile servers');
      assert.ok(!terminals.some((title) => title.includes('in the terminal')), terminals.join());
    } finally {
      await workbench.dispose();
      await project.remove();
    }
  });
});
