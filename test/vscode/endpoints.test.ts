import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FlamegraphTab } from './flamegraphTab';
import { PATIENCE_MS, poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const SAMPLES = 'test/fixtures/profiles/pstats/runprofileserver';
const PROFILE = `${SAMPLES}/shop.items.5.000010ms.1795175664.prof`;
const LARGE = `${SAMPLES}/root.000025ms.1795175664.prof`;

const DAY_SECONDS = 86_400;
const now = Math.floor(Date.now() / 1000);

/** The name `runprofileserver` gives. */
function named(path: string, durationMs: number, ageSeconds: number): string {
  return `${path}.${String(durationMs).padStart(6, '0')}ms.${now - ageSeconds}.prof`;
}

/** In the page: presses *Cancel* once a sentence tells how far the merging is. */
function pressCancel(patienceMs: number): Promise<string> {
  const end = Date.now() + patienceMs;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const sentence = document.querySelector('.message .sentence')?.textContent ?? '';
      const buttons = [...document.querySelectorAll<HTMLElement>('.message vscode-button')];
      const cancel = buttons.find(({ textContent }) => textContent.trim() === 'Cancel');
      if (cancel && sentence.startsWith('Merging profiles')) {
        cancel.click();
        resolve(sentence);
      } else if (Date.now() > end) reject(new Error('The merging showed no progress.'));
      else setTimeout(look, 10);
    };
    look();
  });
}

/** What Python's own pstats says of the sum of some files, or of one: calls and seconds. */
function pythonTotals(...paths: string[]): string {
  const program =
    'import pstats, sys; s = pstats.Stats(*sys.argv[1:]); print(s.total_calls, s.prim_calls, "%.9f" % s.total_tt)';
  const { stdout, stderr } = spawnSync('python3', ['-c', program, ...paths], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout;
}

describe('endpoints and merged profiles in VS Code', () => {
  let workspace: string;
  let profiles: string;
  let workbench: Workbench;
  let tab: FlamegraphTab;

  const row = async (label: string): Promise<string> =>
    poll(`the row ${label}`, async () => {
      const rows = await workbench.profiles.rows();
      return rows.find((each) => each.label === label)?.description;
    });
  const tabNamed = (part: string): Promise<unknown> =>
    poll(`the tab ${part}`, async () =>
      (await workbench.tabs()).find(({ title, active }) => active && title.includes(part)),
    );

  const graphNamed = (part: string): Promise<unknown> =>
    tab.shows(
      `the graph ${part}`,
      ({ profiles: [profile] }) => profile?.name.includes(part) ?? false,
    );

  /** Presses *Cancel* in the page itself, before the merging can end; the sentence beside it. */
  const cancelAtOnce = (): Promise<string> =>
    poll('the progress', async () => {
      const frame = await workbench.webviewFrame();
      // A webview that is being replaced answers nothing.
      return frame.evaluate(pressCancel, PATIENCE_MS).catch(() => undefined);
    });

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-endpoints-'));
    profiles = join(workspace, '.hotline');
    await mkdir(profiles);
    const requests = [5, 40, 41].map((id, index) =>
      named(`shop.items.${id}`, 10 * 3 ** index, 60 * (3 - index)),
    );
    const others = [named('shop.about', 7, 2 * 60), named('shop.items.9', 490, 3 * DAY_SECONDS)];
    for (const name of [...requests, ...others]) await copyFile(PROFILE, join(profiles, name));
    workbench = await Workbench.start({ workspace });
    tab = new FlamegraphTab(workbench);
    await workbench.showProfiles();
    await workbench.command('Hotline: Group profiles…');
    await workbench.quickInput.pick('By endpoint');
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('folds the ids of an endpoint, and tells how its requests went', async () => {
    assert.equal(await row('shop.items.{id}'), '4 × · p50 60 ms · p95 430 ms · max 490 ms');
    await workbench.profiles.row('shop.items.{id}').hover();
    const tooltip = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Trend' });
    const text = (await tooltip.innerText()).replace(/\s+/g, ' ');
    for (const fact of ['Profiles: 4', 'Total: 620 ms', 'p50: 60 ms', '█▁▁▂ oldest to newest']) {
      assert.ok(text.includes(fact), text);
    }
    await workbench.screenshot('endpoints-dark');
    await workbench.page.mouse.move(900, 500);
  });

  it('names endpoints as the setting says', async () => {
    await workbench.setSetting('hotline.endpoints', ['/shop/items/{product}/']);
    await row('/shop/items/{product}/');
    await workbench.setSetting('hotline.endpoints', []);
    await row('shop.items.{id}');
  });

  it('writes the timings of the endpoint beside the source, when it is chosen to', async () => {
    const status = (title: string): Promise<unknown> =>
      poll(`the timings of ${title}`, async () =>
        (await workbench.statusItems()).some((text) => text.includes(title)) ? true : undefined,
      );
    await workbench.profiles.row('shop.items.{id}').click();
    await workbench.profiles.row('10 ms').click();
    await status('shop.items.5 · 10 ms');
    await workbench.command('Hotline: Choose which profile annotates…');
    await workbench.screenshot('annotated-choice-dark');
    await workbench.quickInput.pick('All requests of its endpoint');
    await status('shop.items.{id} · 4 profiles');
    await workbench.command('Hotline: Choose which profile annotates…');
    await workbench.quickInput.pick('This request');
    await status('shop.items.5 · 10 ms');
    await workbench.profiles.row('shop.items.{id}').click();
  });

  it('opens an endpoint as one profile, in place of none of the others', async () => {
    await workbench.profiles.rowAction('shop.items.{id}', 'Aggregate into one profile');
    await tabNamed('shop.items.{id} · 4 profiles');
    await graphNamed('4 profiles');
    await tab.drawn();
    await workbench.screenshot('merged-dark');
    await workbench.setTheme('light');
    await tab.drawn();
    await workbench.screenshot('merged-light');
    await workbench.setTheme('dark');
  });

  it('exports the sum that pstats makes', async () => {
    await workbench.command('Hotline: Export profile…');
    const pstats = await poll('the formats', async () =>
      (await workbench.quickInput.items()).find((label) => label.startsWith('pstats')),
    );
    await workbench.quickInput.pick(pstats);
    const file = join(workspace, 'sum.pstats');
    await poll('the dialog', async () =>
      (await workbench.quickInput.typed())?.endsWith('.pstats') ? true : undefined,
    );
    await workbench.quickInput.enter(file);
    await poll('the file', () => stat(file).catch(() => undefined));
    assert.equal(pythonTotals(file), pythonTotals(PROFILE, PROFILE, PROFILE, PROFILE));
  });

  it('comes back when the window is loaded anew', async () => {
    await workbench.reload();
    await tabNamed('shop.items.{id} · 4 profiles');
    await graphNamed('4 profiles');
  });

  it('opens what was requested lately as one profile', async () => {
    await workbench.showProfiles();
    await row('shop.items.{id}');
    await workbench.command('Hotline: Aggregate time range…');
    await workbench.quickInput.pick('Last hour');
    await tabNamed('Last hour · 4 profiles');
    await graphNamed('Last hour');
  });

  it('tells which files do not fit, in a sentence', async () => {
    const lines = 'test/fixtures/profiles/line_profiler/lp-5.0.2-cp311.lprof';
    await copyFile(lines, join(profiles, named('shop.items.77', 20, 30)));
    await poll('five', async () =>
      (await row('shop.items.{id}')).startsWith('5 ×') ? true : undefined,
    );
    await workbench.profiles.rowAction('shop.items.{id}', 'Aggregate into one profile');
    await tabNamed('5 profiles');
    assert.match(
      await tab.message(),
      /They cannot be merged: shop\.items\.77\..* \(line timings in seconds\) does not fit/,
    );
  });

  it('tells how far it is with 1,000 profiles, and can be stopped', async () => {
    const many = join(workspace, 'many');
    await mkdir(many);
    for (let index = 0; index < 1_000; index++) {
      await copyFile(LARGE, join(many, named(`bulk.${index}`, 25, 2 * DAY_SECONDS + index)));
    }
    await writeFile(join(many, named('bulk.1001', 25, 2 * DAY_SECONDS)), 'no profile at all');
    await workbench.command('Hotline: Choose profile directory…');
    await workbench.quickInput.enter(many);
    await poll('all', async () =>
      (await row('bulk.{id}')).startsWith('1001 ×') ? true : undefined,
    );
    await workbench.profiles.rowAction('bulk.{id}', 'Aggregate into one profile');
    assert.match(await cancelAtOnce(), /^Merging profiles: \d+ of 1,001…$/);
    await poll('the end of it', async () =>
      (await tab.message()).includes('was cancelled') ? true : undefined,
    );
    await (await tab.button('Try again')).click();
    await graphNamed('1,001 profiles');
    const frame = await workbench.webviewFrame();
    await frame.getByText('1 file cannot be read').waitFor();
  });
});
