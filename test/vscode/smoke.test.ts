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
    await pane.getByRole('button', { name: 'Start profiled server' }).waitFor();
    await pane.getByRole('button', { name: 'Choose directory' }).waitFor();
  });

  it('offers the commands that make sense now and none that need a profile', async () => {
    const offered = await workbench.quickInput.commandsFor('Hotline: ');
    assert.ok(offered.includes('Hotline: Start profiled server'), offered.join('\n'));
    assert.ok(offered.includes('Hotline: Choose profile directory…'), offered.join('\n'));
    assert.ok(!offered.includes('Hotline: Stop profiled server'), offered.join('\n'));
    assert.ok(!offered.includes('Hotline: Go to next hot line'), offered.join('\n'));
  });

  it('starts without a complaint', async () => {
    assert.deepEqual(await workbench.notifications(), []);
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  });
});
