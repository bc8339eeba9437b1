import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { FlamegraphTab } from './flamegraphTab';
import { PATIENCE_MS, poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const SOURCE = `import sys


def price(item):
    return sum(range(item))


def checkout(items=3000):
    return sum(price(item) for item in range(items))


def catalogue():
    return [price(item) for item in range(50)]
`;

/** Line of the definition in the source above. */
const PRICE_LINE = 4;
const CHECKOUT_LINE = 8;

const RECORD = `
import cProfile, sys, shop
for name, file in zip(sys.argv[1::2], sys.argv[2::2]):
    profiler = cProfile.Profile()
    profiler.runcall(getattr(shop, name))
    profiler.dump_stats(file)
`;

/** Makes stats of 200,000 functions, which take seconds to read on any machine. */
const MAKE_LARGE = `
import marshal, sys
functions = [('/app/large.py', line, 'function%d' % line) for line in range(1, 200_001)]
stats = {
    function: (3, 3, 1e-6, 1e-5, {
        caller: (1, 1, 1e-6, 1e-5) for caller in functions[index // 2:index // 2 + 3]
    })
    for index, function in enumerate(functions)
}
with open(sys.argv[1], 'wb') as file:
    marshal.dump(stats, file)
`;

const DARK_TEXT = 'rgb(0, 0, 0)';
const LIGHT_TEXT = 'rgb(208, 208, 208)';

describe('the flamegraph in VS Code', () => {
  let workspace: string;
  let profiles: string;
  let workbench: Workbench;
  let flamegraph: FlamegraphTab;

  const record = (...namesAndFiles: string[]): Promise<unknown> =>
    promisify(execFile)('python3', ['-B', '-c', RECORD, ...namesAndFiles], { cwd: workspace });
  const frameNames = async (): Promise<string[]> => {
    const inspection = await flamegraph.inspect();
    return inspection?.profiles[0]?.frames.map(({ name }) => name.replace(' ≈', '')) ?? [];
  };
  let lastClick = { text: '', atMs: 0 };
  const openRow = async (text: string, frame: string): Promise<void> => {
    await workbench.showProfiles();
    // A second click on a row within half a second would be a double-click, which keeps the tab.
    if (lastClick.text === text) await sleep(Math.max(0, lastClick.atMs + 1000 - Date.now()));
    lastClick = { text, atMs: Date.now() };
    await workbench.profiles.row(text).click();
    await poll(`the flamegraph of ${text}`, async () =>
      (await frameNames().catch((): string[] => [])).includes(frame) ? true : undefined,
    );
  };
  /** Zoom and selection of the tests before are gone then. */
  const openCheckoutAnew = async (): Promise<void> => {
    await openRow('catalogue', 'catalogue');
    await openRow('checkout', 'checkout');
  };
  const flamegraphTabs = async (): Promise<string[]> => {
    const tabs = await workbench.tabs();
    return tabs.map(({ title }) => title).filter((title) => /checkout|catalogue/.test(title));
  };
  const cursorAt = (line: number, patienceMs = PATIENCE_MS): Promise<true> => {
    const arrived = async (): Promise<true | undefined> => {
      const cursor = await workbench.editor.cursor().catch(() => undefined);
      return cursor?.line === line ? true : undefined;
    };
    return poll(`the cursor on line ${line}`, arrived, patienceMs);
  };

  const openAsFlamegraph = async (file: string): Promise<void> => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile(file);
    await workbench.page.getByText('not displayed in the text editor').waitFor();
    await workbench.command('View: Reopen Editor With...');
    await workbench.quickInput.pick('Hotline flamegraph');
  };

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-flamegraph-'));
    profiles = join(workspace, '.hotline');
    await mkdir(profiles);
    await writeFile(join(workspace, 'shop.py'), SOURCE);
    const checkout = join(profiles, 'checkout.000900ms.1700000000.prof');
    const catalogue = join(profiles, 'catalogue.000100ms.1700000100.prof');
    await record('checkout', checkout, 'catalogue', catalogue);
    await copyFile(checkout, join(workspace, 'saved.pstats'));
    await writeFile(join(workspace, 'broken.pstats'), 'neither this nor that');
    await promisify(execFile)('python3', ['-c', MAKE_LARGE, join(workspace, 'large.pstats')]);
    workbench = await Workbench.start({ workspace });
    flamegraph = new FlamegraphTab(workbench);
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('opens on a click and has loaded the functions of the profile with file and line', async () => {
    await openRow('checkout', 'checkout');
    const inspection = await flamegraph.inspect();
    const frames = inspection?.profiles[0]?.frames ?? [];
    const price = frames.find(({ name }) => name.startsWith('price'));
    const file = join(workspace, 'shop.py');
    assert.deepEqual([price?.file, price?.line], [file, PRICE_LINE]);
    assert.equal((await flamegraphTabs()).length, 1);
  });

  it('reuses the tab for the next profile', async () => {
    await openRow('catalogue', 'catalogue');
    assert.ok(!(await frameNames()).includes('checkout'));
    const tabs = await flamegraphTabs();
    assert.equal(tabs.length, 1);
    assert.match(tabs[0] ?? '', /catalogue/);
  });

  it('selects what is clicked and opens its source at the line', async () => {
    await openCheckoutAnew();
    await flamegraph.clickBox(0);
    await flamegraph.shows('the selection', ({ selected }) => selected?.name === 'checkout');
    await (await flamegraph.button('Open source')).click();
    await cursorAt(CHECKOUT_LINE);
    assert.ok((await workbench.tabs()).some(({ title, active }) => active && /shop/.test(title)));
  });

  it('finds a function with its own search and opens it by a command', async () => {
    await openCheckoutAnew();
    await flamegraph.search('price');
    await flamegraph.shows(
      'the match',
      ({ selected }) => selected?.name.startsWith('price') ?? false,
    );
    // The command knows what the page has told, which the toolbar shows.
    const toolbar = (await workbench.webviewFrame()).locator('header.toolbar');
    await toolbar.filter({ hasText: 'price' }).waitFor();
    // A command that is chosen while the palette still sorts can be lost.
    await poll('the source of the match', async () => {
      await workbench.command('Hotline: Open source of selected frame');
      return cursorAt(PRICE_LINE, 5_000).catch(() => undefined);
    });
  });

  it('has all three views by its own keys', async () => {
    await openCheckoutAnew();
    await flamegraph.press('2');
    await flamegraph.shows('the left heavy view', ({ view }) => view === 'left heavy');
    await flamegraph.press('3');
    await flamegraph.shows('the sandwich view', ({ view }) => view === 'sandwich');
    await flamegraph.press('1');
    await flamegraph.shows('the time ordered view', ({ view }) => view === 'time ordered');
  });

  it('opens the source of a box or row that is double-clicked', async () => {
    await openCheckoutAnew();
    await flamegraph.clickBox(0, 2);
    await cursorAt(CHECKOUT_LINE);
    await flamegraph.press('3');
    await flamegraph.shows('the sandwich view', ({ view }) => view === 'sandwich');
    await flamegraph.doubleClickRow('price');
    await cursorAt(PRICE_LINE);
  });

  it('says which frames have no source', async () => {
    await openCheckoutAnew();
    await flamegraph.search('sum');
    await flamegraph.shows(
      'the built-in',
      ({ selected }) => selected?.name.includes('sum') ?? false,
    );
    assert.equal(await (await flamegraph.button('Open source')).getAttribute('disabled'), '');
  });

  it('shows a function of the editor in the sandwich view', async () => {
    await workbench.command('View: Close All Editors');
    await openCheckoutAnew();
    await workbench.openFile('shop.py');
    await workbench.editor.goToLine(PRICE_LINE);
    await workbench.command('Hotline: Show in flamegraph');
    const shown = await flamegraph.shows('the sandwich view', ({ view, selected }) =>
      Boolean(view === 'sandwich' && selected?.name.startsWith('price')),
    );
    assert.equal(shown.selected?.line, PRICE_LINE);
    await flamegraph.drawn();
    await workbench.screenshot('flamegraph-sandwich-dark');
  });

  it('wears the theme of VS Code', async () => {
    await openCheckoutAnew();
    await flamegraph.press('1');
    await flamegraph.clickBox(0);
    const themes = [
      ['light', DARK_TEXT],
      ['hc', LIGHT_TEXT],
      ['hcLight', DARK_TEXT],
      ['dark', LIGHT_TEXT],
    ] as const;
    for (const [theme, color] of themes) {
      await workbench.setTheme(theme);
      await poll(`speedscope in ${theme}`, async () =>
        (await flamegraph.textColor()) === color ? true : undefined,
      );
      await flamegraph.drawn();
      await workbench.screenshot(`flamegraph-${theme}`);
    }
  });

  it('follows its file', async () => {
    await openRow('catalogue', 'catalogue');
    await record('checkout', join(profiles, 'catalogue.000100ms.1700000100.prof'));
    await poll('the new content', async () =>
      (await frameNames()).includes('checkout') ? true : undefined,
    );
    await record('catalogue', join(profiles, 'catalogue.000100ms.1700000100.prof'));
  });

  it('keeps a tab that is to be kept, and restores it when the window is loaded anew', async () => {
    await openRow('checkout', 'checkout');
    await (await flamegraph.button('Keep open')).click();
    await (await flamegraph.button('Keep open')).waitFor({ state: 'hidden' });
    await openRow('catalogue', 'catalogue');
    assert.equal((await flamegraphTabs()).length, 2);
    await workbench.reload();
    await flamegraph.shows('the restored graph', ({ profiles: [profile] }) =>
      Boolean(profile?.frames.some(({ name }) => name.startsWith('catalogue'))),
    );
    assert.equal((await flamegraphTabs()).length, 2);
    await openRow('checkout', 'checkout');
    assert.equal((await flamegraphTabs()).length, 2);
  });

  it('opens a tab of its own to the side', async () => {
    await workbench.command('View: Close All Editors');
    await openRow('checkout', 'checkout');
    await workbench.profiles.rowAction('catalogue', 'Open flamegraph to the side');
    await poll('two flamegraphs in two groups', async () => {
      const groups = await workbench.page.locator('.editor-group-container').count();
      return groups === 2 && (await flamegraphTabs()).length === 2 ? true : undefined;
    });
  });

  it('shows a profile that is opened as a file', async () => {
    await openAsFlamegraph('saved.pstats');
    await poll('the flamegraph of the file', async () =>
      (await frameNames().catch((): string[] => [])).includes('checkout') ? true : undefined,
    );
  });

  it('stops reading a large profile on Cancel, and reads it on Try again', async () => {
    await openAsFlamegraph('large.pstats');
    assert.equal(await flamegraph.message(), 'Reading large.pstats…');
    await (await flamegraph.button('Cancel')).click();
    await poll('the end of reading', async () =>
      (await flamegraph.message()) === 'Reading large.pstats was cancelled.' ? true : undefined,
    );
    assert.equal(await flamegraph.inspect(), undefined);
    await (await flamegraph.button('Try again')).click();
    await flamegraph.shows('the large profile', ({ profiles: [profile] }) =>
      Boolean(profile?.frames.some(({ file }) => file === '/app/large.py')),
    );
  });

  it('says in a sentence why a file is no profile', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile('broken.pstats');
    await workbench.command('View: Reopen Editor With...');
    await workbench.quickInput.pick('Hotline flamegraph');
    // What is still being read of the profile before delays it.
    await poll('the reason', async () =>
      /^broken\.pstats cannot be shown\. .+\.$/.test(await flamegraph.message()) ? true : undefined,
    );
  });
});
