import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Frame, Locator } from 'playwright-core';
import { FlamegraphTab } from './flamegraphTab';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const SOURCE = `import json


def price(item):
    return sum(range(item))


def depth(levels):
    return 0 if levels == 0 else 1 + depth(levels - 1)


def checkout(items=3000):
    depth(30)
    return json.dumps([price(item) for item in range(items)], indent=1)


def catalogue():
    return [price(item) for item in range(50)]
`;

/** Line of the definition in the source above. */
const PRICE_LINE = 4;

const RECORD = `
import cProfile, sys, shop
for name, file in zip(sys.argv[1::2], sys.argv[2::2]):
    profiler = cProfile.Profile()
    profiler.runcall(getattr(shop, name))
    profiler.dump_stats(file)
`;

const PRINT = `
import pstats, sys
pstats.Stats(sys.argv[1]).sort_stats('tottime').print_stats()
`;

describe('the function table in VS Code', () => {
  let workspace: string;
  let checkout: string;
  let workbench: Workbench;
  let flamegraph: FlamegraphTab;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-table-'));
    const profiles = join(workspace, '.hotline');
    await mkdir(profiles);
    await writeFile(join(workspace, 'shop.py'), SOURCE);
    checkout = join(profiles, 'checkout.000900ms.1700000000.prof');
    const catalogue = join(profiles, 'catalogue.000100ms.1700000100.prof');
    const recorded = ['checkout', checkout, 'catalogue', catalogue];
    await promisify(execFile)('python3', ['-B', '-c', RECORD, ...recorded], { cwd: workspace });
    workbench = await Workbench.start({ workspace });
    flamegraph = new FlamegraphTab(workbench);
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  const webview = (): Promise<Frame> => workbench.webviewFrame();
  const grid = async (label: string): Promise<Locator> =>
    (await webview()).locator(`.grid[aria-label="${label}"]`);
  /** Texts of the rows in sight, cell by cell. */
  const rows = async (label: string): Promise<string[][]> =>
    (await grid(label))
      .locator('.grid-row')
      .evaluateAll((elements) =>
        elements.map((row) => [...row.children].map((cell) => cell.textContent)),
      );
  const rowsWith = (
    what: string,
    label: string,
    passes: (texts: string[][]) => boolean,
  ): Promise<string[][]> =>
    poll(what, async () => {
      const texts = await rows(label).catch((): string[][] => []);
      return texts.length > 0 && passes(texts) ? texts : undefined;
    });
  const open = async (name: string, frame: string): Promise<void> => {
    await workbench.showProfiles();
    await workbench.profiles.row(name).click();
    await flamegraph.shows(`the profile of ${name}`, ({ profiles: [profile] }) =>
      Boolean(profile?.frames.some((each) => each.name.startsWith(frame))),
    );
  };
  const select = async (name: string): Promise<void> => {
    await (await grid('Functions')).locator('.grid-row .name', { hasText: name }).first().click();
    await selected(name);
  };
  const selected = (name: string): Promise<unknown> =>
    poll(`${name} to be selected`, async () =>
      (await (await webview()).locator('.details-name').innerText()) === name ? true : undefined,
    );
  const filter = async (text: string): Promise<void> => {
    await (await webview()).locator('.filter-bar vscode-text-field input').fill(text);
  };
  const check = async (label: string): Promise<void> => {
    await (await webview()).locator('vscode-checkbox', { hasText: label }).click();
  };
  const count = (expected: RegExp): Promise<unknown> =>
    poll(`the count ${String(expected)}`, async () =>
      expected.test(await (await webview()).locator('.filter-bar .count').innerText())
        ? true
        : undefined,
    );
  const pictures = async (name: string): Promise<void> => {
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  };

  it('stands beside the flamegraph, with the columns of pstats', async () => {
    await open('checkout', 'checkout');
    await (await flamegraph.button('Table')).click();
    const texts = await rowsWith('the functions', 'Functions', (all) =>
      all.some((cells) => cells.includes('price')),
    );
    const titles = await (await grid('Functions')).locator('.grid-title').allInnerTexts();
    const pstats = ['ncalls', 'tottime ▼', 'percall', 'cumtime', 'percall', 'function'];
    assert.deepEqual(titles, [...pstats, 'file:line']);
    const price = texts.find((cells) => cells.includes('price'));
    assert.deepEqual([price?.[0], price?.[6]], ['3000', `shop.py:${PRICE_LINE}`]);
    assert.equal(texts.find((cells) => cells.includes('depth'))?.[0], '31/1');
  });

  it('sorts by the column that is pressed, and tells screen readers so', async () => {
    const header = (await grid('Functions')).getByRole('columnheader', { name: 'ncalls' });
    await header.getByRole('button').press('Enter');
    await rowsWith(
      'the order of calls',
      'Functions',
      (all) => all[0]?.[0] === '3002' || Number(all[0]?.[0]) >= 3000,
    );
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    await header.getByRole('button').press('Enter');
    await rowsWith('the reverse order', 'Functions', ([first]) => first?.[0] === '1');
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
  });

  it('filters by text and by regular expression, and hides libraries', async () => {
    await filter('price');
    await count(/^1 of \d+ functions$|^2 of \d+ functions$/);
    await filter('^(.*shop');
    await check('Regex');
    await count(/Invalid regular expression/);
    await filter('shop.*\\(pri');
    await count(/^1 of \d+ functions$/);
    await filter('');
    await check('Hide libraries');
    const own = await rowsWith('own functions', 'Functions', (all) => all.length < 8);
    assert.ok(own.every((cells) => cells[6]?.startsWith('shop.py:')));
    await check('Hide libraries');
    await check('Regex');
  });

  it('walks through callers and callees, and back', async () => {
    await select('price');
    const callees = await rowsWith('the callees', 'Callees', () => true);
    assert.deepEqual(
      [callees[0]?.[0], callees[0]?.[3]],
      ['3000', '<built-in method builtins.sum>'],
    );
    await (await grid('Callees')).locator('.grid-row').first().click();
    await selected('<built-in method builtins.sum>');
    const callers = await rowsWith('the callers', 'Callers', () => true);
    assert.equal(callers[0]?.[3], 'price');
    await pictures('table');
    await (await flamegraph.button('Back')).click();
    await selected('price');
    await (await flamegraph.button('Forward')).click();
    await selected('<built-in method builtins.sum>');
    const list = await grid('Callers');
    await list.focus();
    await workbench.page.keyboard.press('Enter');
    await selected('price');
  });

  it('groups by file', async () => {
    const frame = await webview();
    await frame.locator('vscode-dropdown[aria-label="Group by"]').click();
    await frame.getByRole('option', { name: 'By file' }).click();
    const texts = await rowsWith('the groups', 'Functions', (all) =>
      all.some((cells) => cells.some((text) => /shop\.py \(\d+\)$/.test(text))),
    );
    assert.ok(texts.length > 3);
    await workbench.screenshot('table-groups');
    await frame.locator('vscode-dropdown[aria-label="Group by"]').click();
    await frame.getByRole('option', { name: 'No groups' }).click();
  });

  it('copies what is shown as pstats prints it', async () => {
    const header = (await grid('Functions')).getByRole('columnheader', { name: 'tottime' });
    await header.getByRole('button').click();
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await (await flamegraph.button('Copy as text')).click();
    await count(/^Copied \d+ functions\.$/);
    const { stdout } = await promisify(execFile)('python3', ['-c', PRINT, checkout]);
    const copied = await workbench.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, stdout);
  });

  it('opens the source of the selected function by the keyboard', async () => {
    await select('price');
    await (await grid('Functions')).focus();
    await workbench.page.keyboard.press('Enter');
    await poll('the cursor in price', async () => {
      const cursor = await workbench.editor.cursor().catch(() => undefined);
      return cursor?.line === PRICE_LINE ? true : undefined;
    });
  });

  it('stays with its order and filter for the next profile, and when the window is loaded anew', async () => {
    await workbench.command('View: Close All Editors');
    await open('checkout', 'checkout');
    await workbench.command('Hotline: Show function table');
    await rowsWith('the functions', 'Functions', (all) => all.length > 3);
    await filter('shop');
    await open('catalogue', 'catalogue');
    await rowsWith('the other profile', 'Functions', (all) =>
      all.some((cells) => cells.includes('catalogue')),
    );
    await workbench.reload();
    await rowsWith('the table after the reload', 'Functions', (all) =>
      all.some((cells) => cells.includes('catalogue')),
    );
    await count(/^\d of \d+ functions$/);
  });

  it('shows the selected function in the flamegraph', async () => {
    await select('price');
    await (await flamegraph.button('Show in flamegraph')).click();
    await flamegraph.shows('the sandwich view', ({ view, selected: frame }) =>
      Boolean(view === 'sandwich' && frame?.name.startsWith('price')),
    );
    assert.equal(await (await grid('Functions')).isVisible(), false);
  });
});
