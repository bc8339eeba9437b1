import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { dragOnto, dropText } from './harness/dragAndDrop';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const PROFILE = 'test/fixtures/profiles/pstats/cprofile-cp311.prof';

const now = Math.floor(Date.now() / 1000);

/** The name `runprofileserver` gives. */
function named(path: string, durationMs: number, ageSeconds = 60): string {
  return `${path}.${String(durationMs).padStart(6, '0')}ms.${now - ageSeconds}.prof`;
}

describe('the Profiles view in VS Code', () => {
  let workspace: string;
  let profiles: string;
  let workbench: Workbench;

  /** Puts a profile where a server would, under a temporary name first as servers do. */
  const leave = async (name: string): Promise<void> => {
    await copyFile(PROFILE, join(profiles, 'shop.tmp'));
    await rename(join(profiles, 'shop.tmp'), join(profiles, name));
  };
  const labels = async (): Promise<string[]> =>
    (await workbench.profiles.rows()).map(({ label }) => label);
  const shows = (...expected: string[]): Promise<unknown> =>
    poll(`the rows ${expected.join(', ')}`, async () =>
      JSON.stringify(await labels()) === JSON.stringify(expected) ? true : undefined,
    );
  const pick = async (command: string, item: string): Promise<void> => {
    await workbench.command(`Hotline: ${command}`);
    await workbench.quickInput.pick(item);
  };

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-explorer-'));
    profiles = join(workspace, '.hotline');
    await mkdir(profiles);
    await leave(named('shop.items', 300, 7_200));
    await leave(named('root', 20, 600));
    workbench = await Workbench.start({ workspace });
    await workbench.showProfiles();
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('lists the profiles, the longest request first, with duration and age', async () => {
    await shows('shop.items', '/');
    const [items, root] = await workbench.profiles.rows();
    assert.equal(items?.description, '300 ms · 2 h ago');
    assert.equal(items.ariaLabel, 'shop.items, 300 ms, 2 h ago');
    assert.match(items.iconClass, /codicon-circle-filled/);
    assert.match(root?.iconClass ?? '', /codicon-circle-small/);
    assert.notEqual(items.iconColor, root?.iconColor);
  });

  it('shows a new profile at once, marked until it is opened', async () => {
    await leave(named('shop.checkout', 7_400, 0));
    await shows('shop.checkout', 'shop.items', '/');
    const row = workbench.profiles.row('shop.checkout');
    const mark = row.locator('.monaco-icon-label').first();
    const markText = (): Promise<string> =>
      mark.evaluate((element) => getComputedStyle(element, '::after').content);
    await poll('the mark', async () => ((await markText()).includes('●') ? true : undefined));
    assert.match((await row.getAttribute('aria-label')) ?? '', /^new, shop.checkout/);
    await row.click();
    await poll('its tab', async () =>
      (await workbench.tabs()).find(({ title }) => title.includes('shop.checkout · 7.4 s')),
    );
    await poll('no mark', async () => ((await markText()).includes('●') ? undefined : true));
  });

  it('keeps the flamegraph of a double click and reuses that of a click', async () => {
    await workbench.profiles.row('shop.checkout').dblclick();
    await workbench.profiles.row('shop.items').click();
    await workbench.profiles.row('20 ms').click();
    const titles = await poll('two tabs', async () => {
      const tabs = (await workbench.tabs()).map(({ title }) => title);
      return tabs.some((title) => title.startsWith('/ ·')) ? tabs : undefined;
    });
    assert.equal(titles.length, 2, titles.join());
    assert.match(titles[0] ?? '', /shop.checkout/);
  });

  it('opens the row that is clicked while the list is refreshed', async () => {
    for (const [round, row] of ['shop.items', '20 ms', 'shop.items', '20 ms'].entries()) {
      const name = named('root', 5, 600 + round);
      await leave(name);
      await workbench.profiles.row(row).click();
      await rm(join(profiles, name));
      await workbench.profiles.row('shop.checkout').click();
    }
    await shows('shop.checkout', 'shop.items', '/');
    await workbench.profiles.row('shop.items').click();
    await poll('its tab', async () =>
      (await workbench.tabs()).find(({ title }) => title.startsWith('shop.items')),
    );
    assert.deepEqual(await workbench.notifications(), []);
    await workbench.page.mouse.move(900, 500);
  });

  it('offers the commands that need profiles', async () => {
    for (const command of ['Hotline: Export profile…', 'Hotline: Sort profiles…']) {
      assert.ok((await workbench.quickInput.commandsFor(command)).includes(command), command);
    }
  });

  it('tells all that is known in the tooltip', async () => {
    await workbench.profiles.row('shop.items').hover();
    const tooltip = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Duration' });
    const text = (await tooltip.innerText()).replace(/\s+/g, ' ');
    for (const fact of ['Duration: 300 ms (file name)', 'Format: pstats', 'Functions: ']) {
      assert.ok(text.includes(fact), text);
    }
    await workbench.screenshot('explorer-tooltip');
    await workbench.page.mouse.move(900, 500);
  });

  it('shows a file that does not read as a row with the reason', async () => {
    await writeFile(join(profiles, named('shop.broken', 100)), 'no profile at all');
    await poll('the reason', async () => {
      const row = (await workbench.profiles.rows()).find(({ label }) => label === 'shop.broken');
      return row && /codicon-warning/.test(row.iconClass) && /not a profile/.test(row.description)
        ? row
        : undefined;
    });
    await rm(join(profiles, named('shop.broken', 100)));
    await shows('shop.checkout', 'shop.items', '/');
  });

  it('sorts', async () => {
    await pick('Sort profiles…', 'Oldest first');
    await shows('shop.items', '/', 'shop.checkout');
    await pick('Sort profiles…', 'Shortest first');
    await shows('/', 'shop.items', 'shop.checkout');
    await pick('Sort profiles…', 'Longest first');
    await shows('shop.checkout', 'shop.items', '/');
  });

  it('groups by endpoint, with count and spread', async () => {
    await leave(named('shop.items', 100, 30));
    await pick('Group profiles…', 'By endpoint');
    await shows('shop.checkout', 'shop.items', '/');
    const [, items] = await workbench.profiles.rows();
    assert.equal(items?.description, '2 × · p50 200 ms · p95 290 ms · max 300 ms');
    await workbench.profiles.row('shop.items').click();
    await shows('shop.checkout', 'shop.items', 'shop.items', 'shop.items', '/');
    await workbench.screenshot('explorer-groups-dark');
    await pick('Group profiles…', 'No groups');
    await shows('shop.checkout', 'shop.items', 'shop.items', '/');
  });

  it('filters by text and duration, says so, and forgets it when told to', async () => {
    await workbench.command('Hotline: Filter profiles…');
    await workbench.quickInput.enter('items >200ms');
    await shows('shop.items');
    await workbench.profiles.pane.getByText('1 of 4 profiles · filter: items >200ms').waitFor();
    await workbench.command('Hotline: Filter profiles…');
    await workbench.quickInput.enter('nothing-like-this');
    const welcome = workbench.profiles.pane.getByText('No profile passes the filter.');
    await welcome.waitFor();
    await workbench.command('Hotline: Clear profile filter');
    await shows('shop.checkout', 'shop.items', 'shop.items', '/');
  });

  it('looks right in light and dark', async () => {
    await workbench.screenshot('explorer-dark');
    await workbench.setTheme('light');
    await workbench.screenshot('explorer-light');
    await workbench.setTheme('hc');
    await workbench.screenshot('explorer-hc');
    await workbench.setTheme('dark');
  });

  it('opens each new profile while it follows the latest', async () => {
    await workbench.command('Hotline: Follow latest profile');
    await leave(named('shop.followed', 55, 0));
    await poll('its tab', async () =>
      (await workbench.tabs()).find(({ title }) => title.includes('shop.followed')),
    );
    await workbench.command('Hotline: Stop following latest profile');
  });

  it('deletes after asking, for good only after asking again', async () => {
    const file = join(profiles, named('shop.followed', 55, 0));
    await workbench.profiles.rowAction('shop.followed', 'Delete profile');
    assert.match(await workbench.answerDialog('Move to Trash'), /Delete “shop.followed · 55 ms”\?/);
    // code-server has no trash.
    assert.match(
      await workbench.answerDialog('Delete Permanently'),
      /cannot be moved to the trash/,
    );
    await shows('shop.checkout', 'shop.items', 'shop.items', '/');
    assert.ok(!existsSync(file));
  });

  /** A directory with one profile, whose name is the directory's. */
  const makeDirectory = async (name: string): Promise<string> => {
    const directory = join(workspace, name);
    await mkdir(directory);
    await copyFile(PROFILE, join(directory, named(name, 10)));
    return directory;
  };

  it('takes a folder that is dragged in from the file explorer', async () => {
    await makeDirectory('dragged');
    await workbench.command('View: Show Explorer');
    const files = workbench.page.locator('.explorer-folders-view .monaco-list-row');
    const icon = workbench.page.locator('.activitybar .action-label[aria-label^="Hotline"]');
    await dragOnto(files.filter({ hasText: 'dragged' }), icon, workbench.profiles.pane);
    await shows('shop.checkout', 'shop.items', 'shop.items', '/', 'dragged');
  });

  it('takes a path that is dropped as text, and says why one is no directory', async () => {
    await dropText(await makeDirectory('dropped'), workbench.profiles.pane);
    await shows('shop.checkout', 'shop.items', 'shop.items', '/', 'dragged', 'dropped');
    await dropText(join(workspace, 'missing'), workbench.profiles.pane);
    await poll('the reason', async () =>
      (await workbench.notifications()).find((text) =>
        /There is no directory .*missing/.test(text),
      ),
    );
  });

  it('shows 5,000 profiles of a directory that is pasted, in pages', async () => {
    const many = join(workspace, 'many profiles');
    await mkdir(many);
    for (let index = 0; index < 5_000; index++) {
      await writeFile(join(many, named(`bulk.${index}`, 10_000 + index)), '');
    }
    await workbench.command('Hotline: Choose profile directory…');
    await workbench.quickInput.enter(many);
    await poll('the longest', async () => ((await labels())[0] === 'bulk.4999' ? true : undefined));
    await workbench.profiles.row('bulk.4999').click();
    await workbench.page.keyboard.press('End');
    const more = workbench.profiles.row('Show more');
    await more.waitFor();
    assert.match(await more.innerText(), /201–400 of 5,006/);
    await more.click();
    await poll('the next page', async () => {
      await workbench.page.keyboard.press('ArrowDown');
      const rows = await workbench.profiles.rows();
      return rows.find(({ label, level }) => label === 'bulk.4799' && level === 2);
    });
    await workbench.screenshot('explorer-pages');
    assert.equal((await readdir(many)).length, 5_000);
  });
});
