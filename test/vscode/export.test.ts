import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const PROFILE = 'test/fixtures/profiles/pstats/cprofile-cp311.prof';
const NAME = 'shop.items.000300ms.1795175664';

describe('exporting in VS Code', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-export-'));
    await mkdir(join(workspace, '.hotline'));
    await copyFile(PROFILE, join(workspace, '.hotline', `${NAME}.prof`));
    // Stands in for KCacheGrind: it leaves what it was given beside itself.
    const program = join(workspace, 'kcachegrind.sh');
    await writeFile(program, '#!/bin/sh\ncp "$1" "$0.given"\n', { mode: 0o755 });
    workbench = await Workbench.start({
      workspace,
      settings: { 'hotline.kcachegrind.path': program },
    });
    await workbench.showProfiles();
    await poll('the row', async () => (await workbench.profiles.rows())[0]);
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  /** Exports from the menu of the row; returns the path of the file. */
  const exported = async (format: string, extension: string): Promise<string> => {
    await workbench.profiles.rowAction('shop.items', 'Export profile…');
    const offered = await workbench.quickInput.items();
    assert.ok(!offered.some((label) => label.includes('over time')), 'it is no timeline');
    await workbench.quickInput.pick(offered.find((label) => label.startsWith(format)) ?? '');
    const file = join(workspace, `${NAME}${extension}`);
    await poll('the dialog', async () =>
      (await workbench.quickInput.typed())?.endsWith(`${NAME}${extension}`) ? true : undefined,
    );
    await workbench.quickInput.enter(file);
    await poll('the file', () => stat(file).catch(() => undefined));
    return file;
  };

  it('writes pstats that Python loads, from the menu of a row', async () => {
    const file = await exported('pstats', '.pstats');
    const program = 'import pstats, sys; print(pstats.Stats(sys.argv[1]).total_calls)';
    const calls = (path: string): string => {
      const { stdout, stderr } = spawnSync('python3', ['-c', program, path], { encoding: 'utf8' });
      assert.equal(stderr, '');
      return stdout;
    };
    assert.equal(calls(file), calls(PROFILE));
    assert.notEqual(calls(file), '');
  });

  it('writes a .cpuprofile that the built-in viewer of VS Code shows', async () => {
    await exported('.cpuprofile', '.cpuprofile');
    await workbench.openFile(`${NAME}.cpuprofile`);
    const frame = await workbench.webviewFrame('ms-vscode.vscode-js-profile-table');
    const rows = frame.getByText('spin', { exact: false });
    await rows.first().waitFor({ timeout: 20_000 });
    await workbench.screenshot('export-cpuprofile');
  });

  it('opens in KCacheGrind, by a file that only the user can read', async () => {
    await workbench.profiles.rowAction('shop.items', 'Open in KCacheGrind');
    const given = join(workspace, 'kcachegrind.sh.given');
    const { size } = await poll('the program', () => stat(given).catch(() => undefined));
    assert.ok(size > 500);
    const directories = (await readdir(tmpdir())).filter((name) =>
      name.startsWith('hotline-kcachegrind-'),
    );
    for (const name of directories) {
      assert.equal((await stat(join(tmpdir(), name))).mode & 0o077, 0, name);
    }
    assert.ok(directories.length > 0);
  });
});
