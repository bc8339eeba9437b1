import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { root } from '../../tools/paths.mjs';
import { FlamegraphTab } from './flamegraphTab';
import { poll } from './harness/poll';
import { TreeView, type TreeRow } from './harness/tree';
import { Workbench } from './harness/workbench';
import { Stacksampler } from './stacksampler';

/** A worker of a shop that renders, and asks a database now and then. */
const WORKLOAD = {
  '<module>(__main__);serve(shop.worker);render(shop.views)': 120,
  '<module>(__main__);serve(shop.worker);render(shop.views);execute(shop.database)': 40,
};

/** Holds 435 samples. */
const HISTORY = join(root, 'test/fixtures/profiles/stackcollector/db/db.pag');

const RANGE = /\d{4}-\d\d-\d\d \d\d:\d\d – (\d{4}-\d\d-\d\d )?\d\d:\d\d/;

describe('the collectors in VS Code', () => {
  let workspace: string;
  let workbench: Workbench;
  let collectors: TreeView;
  let flamegraph: FlamegraphTab;
  let sampler: Stacksampler;
  let others: Stacksampler[];
  let name: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-collectors-'));
    sampler = await Stacksampler.start(WORKLOAD);
    others = [await Stacksampler.start(WORKLOAD), await Stacksampler.start(WORKLOAD)];
    name = `127.0.0.1:${sampler.port}`;
    workbench = await Workbench.start({ workspace, settings: { 'hotline.collector.interval': 1 } });
    collectors = new TreeView(workbench.page, 'Collectors');
    flamegraph = new FlamegraphTab(workbench);
    await workbench.showProfiles();
    await collectors.pane.locator('.pane-header').click();
  });

  after(async () => {
    await workbench.dispose();
    for (const each of [sampler, ...others]) await each.stop().catch(() => undefined);
    await rm(workspace, { recursive: true, force: true });
  });

  const row = (what: string, passes: (row: TreeRow) => boolean): Promise<TreeRow> =>
    poll(what, async () => (await collectors.rows()).find(passes));
  const activeTab = (what: string, title: RegExp): Promise<unknown> =>
    poll(what, async () =>
      (await workbench.tabs()).find((tab) => tab.active && title.test(tab.title)),
    );
  const pictures = async (name: string): Promise<void> => {
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  };
  const timeline = async (): Promise<{ chart: Locator; reading: Locator }> => {
    const frame = await workbench.webviewFrame();
    const chart = frame.getByRole('slider', { name: 'Collected samples over time' });
    return { chart, reading: frame.locator('.reading') };
  };

  it('offer to add an endpoint where there is none, and say what is wrong with an address', async () => {
    await collectors.pane.getByText('Add endpoint').click();
    const box = workbench.page.locator('.quick-input-widget:visible');
    await box.locator('input').fill('http://');
    await box.locator('.quick-input-message').filter({ hasText: /\.$/ }).waitFor();
    await workbench.screenshot('collectors-validation');
    await workbench.quickInput.enter(`http://${name}`);
  });

  it('collect, and tell how many samples came last', async () => {
    const { label, ariaLabel } = await row('the endpoint to be collected from', ({ description }) =>
      /^collecting · [\d,]+ samples? just now$/.test(description),
    );
    assert.equal(label, name);
    assert.match(ariaLabel, /collecting/);
    await pictures('collectors');
  });

  it('leave an endpoint alone while it is paused, and tell all that is known of it', async () => {
    await collectors.rowAction(name, 'Pause collecting');
    await row('the endpoint to be paused', ({ description }) => description === 'paused');
    await collectors.row(name).hover();
    const tooltip = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Protocol' });
    assert.match(await tooltip.innerText(), /stacksampler/);
    await workbench.screenshot('collectors-paused');
    await workbench.page.mouse.move(900, 500);
    await collectors.rowAction(name, 'Resume collecting');
    await row('the endpoint to be collected from again', ({ description }) =>
      description.startsWith('collecting'),
    );
  });

  it('show the last 15 minutes as a flamegraph', async () => {
    await workbench.command('Hotline: Show last 15 minutes');
    const { profiles } = await flamegraph.shows(
      'what was collected',
      ({ profiles: [profile] }) => (profile?.total ?? 0) > 0,
    );
    const frames = profiles.flatMap(({ frames }) => frames.map(({ name }) => name));
    for (const frame of ['serve', 'render', 'execute'])
      assert.ok(
        frames.some((each) => each.includes(frame)),
        frames.join(', '),
      );
    await activeTab('a title with the range', RANGE);
    await flamegraph.drawn();
    await pictures('collectors-flamegraph');
  });

  it('show a range that was typed, and say what is wrong with a time', async () => {
    await workbench.command('Hotline: Show collected profile…');
    const message = workbench.page.locator('.quick-input-widget:visible .quick-input-message');
    await workbench.page.locator('.quick-input-widget:visible input').fill('some day');
    await message.filter({ hasText: '-15minutes' }).waitFor();
    await workbench.quickInput.enter('-2h');
    await workbench.page.getByText('until').first().waitFor();
    await workbench.quickInput.enter('now');
    await poll('a second tab, of two hours', async () => {
      const titles = (await workbench.tabs()).map(({ title }) => title);
      return titles.filter((title) => title.startsWith('All endpoints')).length === 2
        ? true
        : undefined;
    });
    await flamegraph.shows('two hours', ({ profiles: [profile] }) => (profile?.total ?? 0) > 0);
  });

  it('show samples over time, of which a drag selects a range', async () => {
    await workbench.command('Hotline: Collected samples over time');
    await activeTab('the timeline', /^Collected samples$/);
    const { chart, reading } = await timeline();
    const box = await poll('the bars', async () => (await chart.boundingBox()) ?? undefined);
    const { mouse } = workbench.page;
    const y = box.y + box.height / 2;
    await poll('a selected range', async () => {
      await mouse.move(box.x + box.width * 0.6, y);
      await mouse.down();
      await mouse.move(box.x + box.width - 30, y, { steps: 5 });
      await mouse.up();
      await mouse.move(box.x + 10, box.y - 60);
      return RANGE.test(await reading.innerText()) ? true : undefined;
    });
    assert.match(await reading.innerText(), /, [\d,]+ samples$/);
    await pictures('collectors-timeline');
  });

  it('select a range with the keyboard, which Enter opens', async () => {
    const { chart } = await timeline();
    await chart.focus();
    for (const key of ['End', 'Shift+ArrowLeft', 'Shift+ArrowLeft'])
      await workbench.page.keyboard.press(key);
    const spoken = (await chart.getAttribute('aria-valuetext')) ?? '';
    assert.match(spoken, RANGE);
    await workbench.page.keyboard.press('Enter');
    const [range = ''] = RANGE.exec(spoken) ?? [];
    await activeTab('a tab of the selected range', new RegExp(range));
  });

  it('compare two ranges, of which one is marked first', async () => {
    await workbench.command('Hotline: Collected samples over time');
    const { chart } = await timeline();
    const range = async (): Promise<string | undefined> =>
      RANGE.exec((await chart.getAttribute('aria-valuetext')) ?? '')?.[0];
    const frame = await workbench.webviewFrame();
    await chart.focus();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Shift+PageDown');
    const marked = await range();
    assert.ok(marked);
    await frame.locator('vscode-button', { hasText: 'Compare' }).click();
    await frame
      .locator('.notice')
      .filter({ hasText: 'Select the range to compare with' })
      .waitFor();
    await workbench.page.keyboard.press('Home');
    assert.notEqual(await range(), marked);
    await pictures('collectors-compare');
    await chart.focus();
    await workbench.page.keyboard.press('End');
    await frame.locator('vscode-button', { hasText: 'Compare' }).click();
    await activeTab('the comparison', /↔/);
    const verdict = await poll('the verdict', async () => {
      const comparison = await workbench.webviewFrame();
      const bar = comparison.locator('.verdict-bar [role="status"]');
      return (await bar.innerText({ timeout: 1000 }).catch(() => '')) || undefined;
    });
    assert.match(verdict, /The work of all endpoints/);
    await workbench.screenshot('collectors-comparison');
  });

  it('go on when the window is loaded anew, with the timeline as it was', async () => {
    await workbench.command('Hotline: Collected samples over time');
    await workbench.reload();
    await poll('the timeline', async () => {
      const { chart } = await timeline();
      return (await chart.isVisible()) ? true : undefined;
    });
    await row('the endpoint to be collected from', ({ description }) =>
      description.startsWith('collecting'),
    );
  });

  it('tell that an endpoint is unreachable, in words and with another icon', async () => {
    await sampler.stop();
    const { iconClass } = await row('the endpoint to be unreachable', ({ description }) =>
      /^unreachable since \d\d:\d\d/.test(description),
    );
    assert.match(iconClass, /codicon-warning/);
    await pictures('collectors-unreachable');
  });

  it('forget an endpoint after asking', async () => {
    await collectors.rowAction(name, 'Remove endpoint');
    assert.match(await workbench.answerDialog('Remove'), new RegExp(name));
    await collectors.pane.getByText('Add endpoint').waitFor();
  });

  it('leave alone what only the workspace asks for, until a person agrees', async () => {
    const ports = others.map(({ port }) => port).join(',');
    const settings = { 'hotline.collector.endpoints': [`http://127.0.0.1:${ports}`] };
    await mkdir(join(workspace, '.vscode'));
    await writeFile(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
    await row('what the workspace asks for', ({ description }) =>
      description.startsWith('asked for by the workspace'),
    );
    const question = workbench.page.locator('.notification-toast').filter({ hasText: ports });
    await question.waitFor();
    await workbench.screenshot('collectors-asked');
    assert.deepEqual(
      others.map(({ requests }) => requests),
      [0, 0],
    );
    await question.getByRole('button', { name: 'Collect', exact: true }).click();
    await row('both ports', ({ description }) => description === '2 of 2 collecting');
    const members = (await collectors.rows()).filter(({ level }) => level === 2);
    assert.equal(members.length, 2);
    await workbench.screenshot('collectors-group');
  });

  it('add the history of a stackcollector', async () => {
    await workbench.command('Hotline: Import stackcollector history…');
    const box = workbench.page.locator('.quick-input-widget:visible input').first();
    // The dialog writes a folder of its own into the box once it has listed that.
    await poll('the dialog to take the path', async () => {
      await box.fill(HISTORY, { timeout: 3000 }).catch(() => undefined);
      await box.press('Enter', { timeout: 3000 }).catch(() => undefined);
      return (await box.isVisible()) ? undefined : true;
    });
    await poll('what was added', async () =>
      (await workbench.notifications()).find((text) => text.startsWith('435 samples of')),
    );
  });
});

describe('the collectors in an untrusted workspace', () => {
  it('collect from what the user has added, and from nothing that the workspace asks for', async () => {
    const [own, foreign] = [await Stacksampler.start(WORKLOAD), await Stacksampler.start(WORKLOAD)];
    const workspace = await mkdtemp(join(tmpdir(), 'hotline-collectors-'));
    const endpoint = ({ port }: Stacksampler): string => `http://127.0.0.1:${port}`;
    await mkdir(join(workspace, '.vscode'));
    const settings = { 'hotline.collector.endpoints': [endpoint(foreign)] };
    await writeFile(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
    const workbench = await Workbench.start({
      workspace,
      settings: {
        'hotline.collector.endpoints': [endpoint(own)],
        'hotline.collector.interval': 1,
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    });
    try {
      const collectors = new TreeView(workbench.page, 'Collectors');
      await workbench.showProfiles();
      await collectors.pane.locator('.pane-header').click();
      await poll('the own endpoint to be collected from', async () =>
        (await collectors.rows()).find(({ description }) => description.startsWith('collecting')),
      );
      assert.ok(own.requests > 0);
      assert.equal(foreign.requests, 0);
      assert.deepEqual(await workbench.notifications(), []);
    } finally {
      await workbench.dispose();
      await own.stop();
      await foreign.stop();
      await rm(workspace, { recursive: true, force: true });
    }
  });
});
