import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FlamegraphTab } from './flamegraphTab';
import { poll } from './harness/poll';
import { TreeView } from './harness/tree';
import { Workbench } from './harness/workbench';
import { SampledServer, type ServerStart } from './sampledServer';
import { serverEnvironment } from './serverEnvironment';

/** Servers under load, each in a process that our own sampler looks at. */
const SERVERS: Readonly<Record<string, Pick<ServerStart, 'command'>>> = {
  'a Flask server': {
    command: (address) => ['flask', 'run', '--port', address.split(':')[1] ?? ''],
  },
  'greenlets of a gevent worker': {
    command: (address) => ['gunicorn', '--worker-class', 'gevent', '--bind', address, 'app:app'],
  },
};

describe('collecting from real servers', () => {
  let folder: string;
  let environment: string;
  let workbench: Workbench;
  let collectors: TreeView;
  let flamegraph: FlamegraphTab;

  before(async () => {
    environment = await serverEnvironment();
    folder = await mkdtemp(join(tmpdir(), 'hotline-sampled-'));
    workbench = await Workbench.start({
      workspace: folder,
      settings: { 'hotline.collector.interval': 1 },
    });
    collectors = new TreeView(workbench.page, 'Collectors');
    flamegraph = new FlamegraphTab(workbench);
    await workbench.showProfiles();
    await collectors.pane.locator('.pane-header').click();
  });

  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const described = (name: string, pattern: RegExp): Promise<unknown> =>
    poll(`${name} to be described by ${String(pattern)}`, async () =>
      (await collectors.rows()).find(
        ({ label, description }) => label === name && pattern.test(description),
      ),
    );

  for (const [what, { command }] of Object.entries(SERVERS)) {
    it(`shows the view in which ${what} spent its time`, async () => {
      const server = await SampledServer.start({ folder, environment, command });
      const name = `127.0.0.1:${server.samplerPort}`;
      try {
        await workbench.command('Hotline: Add endpoint to collect from…');
        await workbench.quickInput.enter(`http://${name}`);
        await described(name, /^collecting · [1-9][\d,]* samples?/);
        const tab = async (): Promise<unknown> =>
          (await workbench.tabs()).find(({ title, active }) => active && title.includes(name));
        // A menu closes when its row changes, as rows do that are collected from.
        await poll('a tab of the server', async () => {
          await collectors.rowAction(name, 'Show last 15 minutes');
          return poll('the tab', tab, 5_000).catch(() => undefined);
        });
        const { profiles } = await flamegraph.shows('the view', ({ profiles }) =>
          profiles.some(({ frames }) => frames.some((frame) => frame.name === 'report')),
        );
        const view = profiles
          .flatMap(({ frames }) => frames)
          .find((frame) => frame.name === 'report');
        assert.equal(view?.file, join(folder, 'app.py'));
      } finally {
        await server.stop();
      }
    });
  }
});
