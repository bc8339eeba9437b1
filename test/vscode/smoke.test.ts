import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Workbench } from './harness/workbench';

describe('the packed extension in an empty workspace', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-empty-'));
    workbench = await Workbench.start({ workspace });
    await workbench.showProfiles();
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('welcomes with the two ways to begin', async () => {
    const { pane } = workbench.profiles;
    await pane.getByText('No profiles yet').waitFor();
    const buttons = pane.locator('.monaco-button');
    await buttons.filter({ hasText: 'Start profiled server' }).waitFor();
    await buttons.filter({ hasText: 'Choose directory' }).waitFor();
  });

  it('offers the commands that make sense now and none that need a profile', async () => {
    // The palette renders only the first of what it offers.
    const isOffered = async (command: string): Promise<boolean> =>
      (await workbench.quickInput.commandsFor(command)).includes(command);
    assert.ok(await isOffered('Hotline: Start profiled server'));
    assert.ok(await isOffered('Hotline: Choose profile directory…'));
    assert.ok(!(await isOffered('Hotline: Stop profiled server')));
    const inNeedOfProfiles = [
      'Go to next hot line',
      'Export profile…',
      'Open in KCacheGrind',
      'Line report',
      'Annotate source',
      'Aggregate time range…',
      'Show function table',
    ];
    for (const title of inNeedOfProfiles) assert.ok(!(await isOffered(`Hotline: ${title}`)), title);
  });

  it('starts without a complaint', async () => {
    assert.deepEqual(await workbench.notifications(), []);
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  });
});
