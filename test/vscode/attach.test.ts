import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { failureKind } from '../../src/attach/samplerFailure';
import type { SpeedscopeInspection } from '../../webview/flamegraph/speedscope';
import { ensureSamplers } from '../../tools/python.mjs';
import { withoutDjango } from '../unit/server/djangoProject';
import { FlamegraphTab } from './flamegraphTab';
import type { EditorLine } from './harness/editor';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';
import { HANG_LINE, LiveDjango } from './liveDjango';

const ATTACH = 'Hotline: Attach to Python process…';

/** A real VS Code beside a real Django server that nobody started for profiling. */
describe('Attach to Python process', { skip: withoutDjango() }, () => {
  let server: LiveDjango;
  let workbench: Workbench;
  let flamegraph: FlamegraphTab;
  let pySpy: string;
  let programs: string;
  /** Why nothing can be sampled here. */
  let obstacle: string | undefined;
  const shell = process.env['SHELL'];

  before(async () => {
    const samplers = await ensureSamplers();
    pySpy = samplers.pySpy;
    server = await LiveDjango.start();
    obstacle = await whyNot(pySpy, server.pid);
    programs = await mkdtemp(join(tmpdir(), 'hotline-programs-'));
    await symlink(samplers.austin, join(programs, 'austin'));
    process.env['SHELL'] = await loginShell(programs);
    workbench = await Workbench.start({ workspace: server.project.folder });
    flamegraph = new FlamegraphTab(workbench);
    await workbench.showProfiles();
  });
  after(async () => {
    if (shell === undefined) delete process.env['SHELL'];
    else process.env['SHELL'] = shell;
    await workbench.dispose();
    await server.dispose();
    await rm(programs, { recursive: true, force: true });
  });

  /** Chooses the server and one of the actions. */
  async function attach(action: string): Promise<void> {
    await workbench.command(ATTACH);
    await workbench.quickInput.pick(server.command);
    await workbench.quickInput.pick(action);
  }

  function notified(part: string): Promise<string> {
    return poll(`the notification "${part}"`, async () =>
      (await workbench.notifications()).find((text) => text.includes(part)),
    );
  }

  function recordings(): Promise<string[]> {
    return readdir(join(server.project.folder, '.hotline')).then(
      (names) => names.filter((name) => !name.startsWith('.')).sort(),
      () => [],
    );
  }

  /** The line of a dumped frame. */
  async function stackLine(name: string): Promise<EditorLine | undefined> {
    const lines = await workbench.editor.lines();
    return lines.find(({ text }) => new RegExp(`^ {4}\\S*\\b${name}  \\S`).test(text));
  }

  async function pictures(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  }

  const skipped = (test: TestContext): boolean => {
    // Where the system lets no process look into another, or a sampler cannot be had, a real attach has said why.
    if (obstacle !== undefined) test.skip(obstacle);
    return obstacle !== undefined;
  };

  it('lists the server of the workspace first', async () => {
    await workbench.command(ATTACH);
    const items = await poll('the processes', async () => {
      const listed = await workbench.quickInput.items();
      return listed.includes(server.command) ? listed : undefined;
    });
    assert.equal(items[0], server.command);
    await pictures('attach-processes');
    await workbench.quickInput.cancel();
  });

  it('installs nothing that was not agreed to', async () => {
    await attach('Dump current stacks');
    await workbench.page.locator('.monaco-dialog-box').waitFor();
    await workbench.screenshot('attach-install');
    const question = await workbench.answerDialog('Cancel');
    assert.match(question, /py-spy is not installed\. Install it for Hotline\?/);
    assert.match(question, /PyPI/);
    await workbench.setSetting('hotline.attach.pySpy', pySpy);
  });

  it('records for some seconds, and shows what ran', async (test) => {
    if (skipped(test)) return;
    await server.underLoad(async () => {
      await attach('Record for some seconds…');
      await workbench.quickInput.enter('3');
      await notified('Stop and open');
      await workbench.screenshot('attach-recording');
      await flamegraph.shows('the view in a flamegraph', runsTheView);
    });
    const [name = ''] = await recordings();
    assert.match(name, /^manage\.py-runserver\.pid\d+\.\d{8}-\d{6}\.speedscope\.json$/);
    await workbench.profiles.row('manage.py-runserver').waitFor();
    await pictures('attach-flamegraph');
  });

  it('records until it is stopped, by austin too', async (test) => {
    if (skipped(test)) return;
    const known = await recordings();
    await server.underLoad(async () => {
      await workbench.command(ATTACH);
      await workbench.quickInput.pick(server.command);
      await workbench.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: 'Record until stopped' })
        .filter({ hasText: 'austin' })
        .click();
      await poll('a second of it', async () =>
        (await workbench.notifications()).some((text) => /\b(?:[2-9]|\d{2,}) of 3600 s/.test(text))
          ? true
          : undefined,
      );
      await workbench.page.locator('.notification-list-item').getByText('Stop and open').click();
    });
    const names = await poll('the recording', async () => {
      const now = await recordings();
      return now.length > known.length ? now : undefined;
    });
    assert.ok(names.some((name) => name.endsWith('.mojo')));
    await poll('its tab', async () =>
      (await workbench.tabs()).some(({ active, title }) => active && title.includes('.mojo'))
        ? true
        : undefined,
    );
    await flamegraph.shows('the view by austin', runsTheView);
  });

  it('shows where a server hangs, with links', async (test) => {
    if (skipped(test)) return;
    await attach('Dump current stacks');
    await poll('the stacks', async () => ((await stackLine('select')) ? true : undefined));
    server.hang();
    const line = await poll('the thread that hangs', async () => {
      await workbench.command('Hotline: Refresh stacks');
      return stackLine('hang');
    });
    assert.match(line.text, new RegExp(`^ {4}hang  .*shop/urls\\.py:${HANG_LINE}$`));
    await pictures('attach-stacks');
    await workbench.editor.goToLine(line.number);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.command('Open Link');
    await poll('the line in its file', async () => {
      const active = (await workbench.tabs()).find((tab) => tab.active);
      const cursor = await workbench.editor.cursor();
      return active?.title === 'urls.py' && cursor?.line === HANG_LINE ? true : undefined;
    });
  });

  it('says so when the process has ended', async () => {
    await workbench.command(ATTACH);
    await workbench.quickInput.pick(server.command);
    server.stop();
    await workbench.quickInput.pick('Record for some seconds…');
    await workbench.quickInput.enter('3');
    const sentence = await notified('has ended');
    assert.match(
      sentence,
      /^manage\.py runserver .*\(pid \d+\) has ended: choose another process\.$/,
    );
    assert.ok((await recordings()).length <= 2);
  });
});

/** A shell whose PATH has a folder; VS Code takes its environment from `SHELL -i -l -c COMMAND`. */
async function loginShell(folder: string): Promise<string> {
  const path = join(folder, 'shell');
  const lines = ['#!/bin/sh', `export PATH="${folder}:$PATH"`, 'shift 2', 'exec /bin/sh "$@"'];
  await writeFile(path, lines.join('\n'), { mode: 0o755 });
  return path;
}

function runsTheView({ profiles }: SpeedscopeInspection): boolean {
  return profiles.some(({ frames }) => frames.some(({ name }) => name === 'busy'));
}

/** Why py-spy cannot look into a process that runs here; `undefined` where it can. */
async function whyNot(pySpy: string, pid: number): Promise<string | undefined> {
  try {
    await promisify(execFile)(pySpy, ['dump', '--pid', String(pid)]);
    return undefined;
  } catch (error) {
    const { code, stderr } = error as { code?: number; stderr?: string };
    if (failureKind(code, stderr ?? '') !== 'permission') throw error;
    return 'the system lets no process be traced here (ptrace)';
  }
}
