import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { accepts } from '../../src/server/address';
import {
  freePort,
  makeDjangoProject,
  withoutDjango,
  type DjangoProject,
} from '../unit/server/djangoProject';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const ON = 'Hotline: Profile servers started in the terminal';
const OFF = 'Hotline: Stop profiling servers started in the terminal';
const host = '127.0.0.1';

describe('Profile servers started in the terminal', { skip: withoutDjango() }, () => {
  let project: DjangoProject;
  let workbench: Workbench;

  before(async () => {
    project = await makeDjangoProject();
    workbench = await Workbench.start({ workspace: project.folder });
    await workbench.showProfiles();
  });
  after(async () => {
    await workbench.dispose();
    await project.remove();
  });

  /** Opens a terminal, the only one, and types a command. */
  const type = async (command: string): Promise<void> => {
    // What is typed must not go to an older one, which has the variables of its own time.
    await workbench.command('Terminal: Kill All Terminals');
    await poll('no terminal', async () =>
      (await workbench.page.locator('.terminal-wrapper').count()) === 0 ? true : undefined,
    );
    await workbench.command('Terminal: Create New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm').click();
    await workbench.page.keyboard.type(`${command}\n`);
  };

  const statusTells = async (): Promise<boolean> =>
    (await workbench.statusItems()).some((text) => text.includes('Terminals profiled'));

  /** The variables of a new terminal that bring the profiler in. */
  const terminalVariables = (file: string): Promise<string> =>
    poll('the terminal to write', async () => {
      await type(`echo "$HOTLINE_DIRECTORY|$HOTLINE_MODE|$PYTHONPATH." > ${file}`);
      // A terminal that is still starting may lose what is typed.
      const path = join(project.folder, file);
      const content = async (): Promise<string | undefined> =>
        (await readFile(path, 'utf8').catch(() => '')) || undefined;
      return poll('this one to write', content, 10_000).catch(() => undefined);
    });

  it('profiles a server that is started by hand, and says so in the status bar', async () => {
    const port = await freePort();
    await workbench.command(ON);
    await poll('the status bar to tell', async () => (await statusTells()) || undefined);
    await type(`.venv/bin/python manage.py runserver ${host}:${port}`);
    await poll('the server', async () => (await accepts({ host, port })) || undefined);
    assert.equal((await fetch(`http://${host}:${port}/items/5/`)).status, 200);
    await workbench.profiles.row('/items/5/').waitFor();
    await workbench.screenshot('terminal-profiled');
    await workbench.page.keyboard.press('Control+C');
    await poll('the server to end', async () =>
      (await accepts({ host, port })) ? undefined : true,
    );
  });

  it('stays on when the window is loaded anew', async () => {
    await workbench.reload();
    await poll('the status bar to tell', async () => (await statusTells()) || undefined);
    const [directory, mode, pythonPath] = (await terminalVariables('on.txt')).split('|');
    assert.equal(directory, join(project.folder, '.hotline'));
    assert.equal(mode, 'lines');
    assert.match(pythonPath ?? '', /python\/bootstrap\.\s*$/);
  });

  it('leaves terminals alone once it is off', async () => {
    await workbench.command(OFF);
    await poll('the status bar to be silent', async () =>
      (await statusTells()) ? undefined : true,
    );
    // VS Code tells its terminals of that by and by.
    let attempt = 0;
    await poll('a new terminal to be left alone', async () =>
      /^\|\|.*\.\s*$/.test(await terminalVariables(`off.${++attempt}.txt`)) ? true : undefined,
    );
    const names = await readdir(join(project.folder, '.hotline'));
    assert.equal(names.filter((name) => name.endsWith('.speedscope.json')).length, 1);
  });
});
