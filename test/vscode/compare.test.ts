import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Frame, Locator } from 'playwright-core';
import { root } from '../../tools/paths.mjs';
import { FlamegraphTab } from './flamegraphTab';
import { poll } from './harness/poll';
import type { EditorLine } from './harness/editor';
import { Workbench } from './harness/workbench';

const run = promisify(execFile);

/** The shop as it was, with a function that is gone later. */
const BEFORE = `import time


def price(item):
    time.sleep(0.002)
    return item


def discount(item):
    time.sleep(0.001)
    return item


def checkout():
    return [discount(price(item)) for item in range(10)]
`;

/** The shop as it is: prices take longer, and stand further down. */
const AFTER = `import time

VAT = 0.19


def tax(item):
    time.sleep(0.001)
    return item


def price(item):
    time.sleep(0.006)
    return item


def checkout():
    return [tax(price(item)) for item in range(10)]
`;

/** 1-based line of `def price` in the second text. */
const PRICE_LINE = 11;

const RECORD = `
import cProfile, sys, shop
for file in sys.argv[1:]:
    profiler = cProfile.Profile()
    profiler.runcall(shop.checkout)
    profiler.dump_stats(file)
`;

/** 1-based line of the second text on which a price takes its time. */
const SLEEP_LINE = 12;

/** Leaves a profile with lines, named by the first argument. */
const RECORD_LINES = `
import hotline, sys
with hotline.profile("start"):
    pass
import shop
with hotline.profile(sys.argv[1]):
    shop.checkout()
`;

/** Cumulative seconds of functions by their names, as pstats has them. */
const CUMULATIVE = `
import json, pstats, sys
stats = pstats.Stats(sys.argv[1]).stats
print(json.dumps({name: row[3] for (file, line, name), row in stats.items()}))
`;

const HOUR_SECONDS = 3_600;
const now = Math.floor(Date.now() / 1000);
const COMMITTED = now - 2 * HOUR_SECONDS;

/** The name `runprofileserver` gives. */
function named(path: string, ageSeconds: number): string {
  return `${path}.000050ms.${now - ageSeconds}.prof`;
}

describe('comparisons in VS Code', () => {
  let workspace: string;
  let profiles: string;
  let workbench: Workbench;
  let flamegraph: FlamegraphTab;

  const olds = [4, 3.5, 3].map((hours) => named('shop.checkout', hours * HOUR_SECONDS));
  const news = [1, 0.9, 0.8].map((hours) => named('shop.checkout', hours * HOUR_SECONDS));
  const [oldest = ''] = olds;
  const newest = news.at(-1) ?? '';

  const record = async (source: string, names: readonly string[]): Promise<void> => {
    await writeFile(join(workspace, 'shop.py'), source);
    const files = names.map((name) => join(profiles, name));
    await run('python3', ['-B', '-c', RECORD, ...files], { cwd: workspace });
  };
  const recordLines = async (source: string, name: string): Promise<void> => {
    await writeFile(join(workspace, 'shop.py'), source);
    const env = {
      ...process.env,
      PYTHONPATH: join(root, 'python'),
      HOTLINE_DIRECTORY: profiles,
      HOTLINE_SOURCE_ROOTS: workspace,
    };
    await run('python3', ['-B', '-c', RECORD_LINES, name], { cwd: workspace, env });
  };
  const cumulative = async (name: string): Promise<Record<string, number>> => {
    const { stdout } = await run('python3', ['-c', CUMULATIVE, join(profiles, name)]);
    return JSON.parse(stdout) as Record<string, number>;
  };
  const commit = async (): Promise<void> => {
    const date = `@${COMMITTED} +0000`;
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
    for (const args of [['init'], ['add', 'shop.py'], ['commit', '-m', 'Prices with tax']])
      await run('git', [...person, ...args], { cwd: workspace, env });
  };

  const frame = (): Promise<Frame> => workbench.webviewFrame();
  const within = async (selector: string): Promise<Locator> => (await frame()).locator(selector);
  const verdict = (passes: RegExp): Promise<string> =>
    poll(`the verdict ${String(passes)}`, async () => {
      // A webview that is being replaced answers nothing.
      const text = await (
        await within('.verdict-text')
      )
        .innerText({ timeout: 1000 })
        .catch(() => '');
      return passes.test(text) ? text : undefined;
    });
  const boxOf = async (name: string): Promise<Locator> =>
    (await within('.flame-box')).filter({ hasText: name }).first();
  const press = async (label: string): Promise<void> => {
    await (await within('vscode-button')).filter({ hasText: label }).first().click();
  };
  /** Texts of a function's row, by the titles of the columns. */
  const rowOf = (name: string): Promise<Record<string, string>> =>
    poll(`the row of ${name}`, async () => {
      const titles = await (await within('.grid-title')).allInnerTexts();
      const rows = await (
        await within('.grid-row')
      ).evaluateAll((elements) =>
        elements.map((row) => [...row.children].map((cell) => cell.textContent)),
      );
      const row = rows.find(([text]) => text === name);
      return row && Object.fromEntries(titles.map((title, index) => [title, row[index] ?? '']));
    });
  const tabNamed = (part: string): Promise<unknown> =>
    poll(`the tab ${part}`, async () =>
      (await workbench.tabs()).find(({ title, active }) => active && title.includes(part)),
    );
  const timings = (line: number): Promise<EditorLine> =>
    poll(`timings on line ${line}`, async () =>
      (await workbench.editor.lines()).find(
        ({ number, before: texts }) => number === line && texts.length > 0,
      ),
    );
  const pictures = async (name: string): Promise<void> => {
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  };
  const compare = async (row: string, other: string): Promise<void> => {
    await workbench.showProfiles();
    await workbench.profiles.rowAction(row, 'Compare with…');
    await poll('the other profiles', async () =>
      (await workbench.quickInput.items()).length > 1 ? true : undefined,
    );
    // Typed, as the request alone does not tell one of its profiles from another.
    await workbench.quickInput.enter(other);
  };

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'hotline-compare-'));
    profiles = join(workspace, '.hotline');
    await mkdir(profiles);
    await record(BEFORE, olds);
    await record(AFTER, news);
    await commit();
    // The same numbers at another time.
    await copyFile(join(profiles, newest), join(profiles, named('shop.same', HOUR_SECONDS)));
    await copyFile(join(profiles, newest), join(profiles, named('shop.again', HOUR_SECONDS / 2)));
    workbench = await Workbench.start({ workspace });
    flamegraph = new FlamegraphTab(workbench);
    await workbench.showProfiles();
    await workbench.command('Hotline: Sort profiles…');
    await workbench.quickInput.pick('Oldest first');
    await poll('the oldest profile first', async () =>
      (await workbench.profiles.rows()).at(-1)?.label === 'shop.again' ? true : undefined,
    );
  });

  after(async () => {
    await workbench.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('tells of two profiles what got slower, the older as before', async () => {
    await compare('shop.checkout', newest);
    await tabNamed('↔');
    const text = await verdict(/slower/);
    assert.match(text, /One profile a side cannot tell a change from noise\./);
    assert.match(text, /sleep/);
    const price = await boxOf('price');
    assert.match((await price.getAttribute('aria-label')) ?? '', /Total: .* → .*, \+/);
    await price.click();
    await poll('the selected function', async () =>
      (await (await within('.frame-name')).innerText()) === 'price' ? true : undefined,
    );
    await pictures('compare-flamegraph');
  });

  it('shows what is gone by the widths of before, and is walked by the keyboard', async () => {
    assert.equal(await (await boxOf('discount')).isVisible(), false);
    await press('Widths before');
    await (await boxOf('discount')).waitFor();
    assert.match(await (await boxOf('discount')).innerText(), /\(gone\)/);
    await (await within('.flame')).focus();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('ArrowDown');
    await poll('the box below the outermost one', async () => {
      const selected = (await within('.flame-box[aria-selected="true"]')).first();
      return (await selected.getAttribute('aria-level')) === '2' ? true : undefined;
    });
    await press('Widths after');
  });

  it('tells the same numbers as pstats in the table', async () => {
    await press('Table');
    const row = await rowOf('price');
    const [was, is] = [await cumulative(oldest), await cumulative(newest)];
    const change = ((is['price'] ?? NaN) - (was['price'] ?? NaN)) * 1000;
    assert.equal(row['total change'], `+${Number(change.toPrecision(3))} ms`);
    assert.deepEqual([row['calls before'], row['calls after']], ['10', '10']);
    assert.equal((await rowOf('tax'))['mark'], 'new');
    assert.equal((await rowOf('discount'))['mark'], 'gone');
    await (await within('.filter-bar vscode-text-field input')).fill('shop.py');
    await poll('the functions of the shop', async () =>
      /^[45] of /.test(await (await within('.filter-bar .count')).innerText()) ? true : undefined,
    );
    await pictures('compare-table');
  });

  it('writes the changes beside the lines, where the function is now', async () => {
    const place = (await within('.grid-row')).filter({ hasText: 'price' }).locator('.place');
    await place.click();
    const { before: texts } = await timings(PRICE_LINE);
    assert.match(texts.join(' '), /ms\s+\+[\d.]+ ms\s+\+\d+ %/);
    const hover = await workbench.editor.hover(PRICE_LINE);
    assert.match(hover, /Before\s+After\s+Change/);
    assert.match(hover, /Total\s+[\d.]+ ms\s+[\d.]+ ms\s+\+/);
    await pictures('compare-gutter');
    assert.ok(
      (await workbench.statusItems()).some((text) => text.includes('shop.checkout · 50 ms')),
    );
  });

  it('stands beside the lines as long as it is chosen', async () => {
    const choose = async (label: string): Promise<void> => {
      await workbench.command('Hotline: Choose which profile annotates…');
      await workbench.quickInput.pick(label);
    };
    await choose('None');
    await poll('no timings', async () =>
      (await workbench.editor.lines()).every(({ before: texts }) => texts.length === 0)
        ? true
        : undefined,
    );
    await choose('The comparison');
    await timings(PRICE_LINE);
  });

  it('compares requests before and after a git revision, and tells change from noise', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.showProfiles();
    await workbench.profiles.rowAction('shop.checkout', 'Compare before and after…');
    await workbench.quickInput.pick('Prices with tax');
    const text = await verdict(/slower/);
    assert.match(text, /\(3 and 3 requests, Welch’s t-test/);
    await (await within('.side-facts')).filter({ hasText: '3 requests' }).first().waitFor();
    await workbench.screenshot('compare-revision');
  });

  it('comes back when the window is loaded anew', async () => {
    await workbench.reload();
    await tabNamed('↔');
    await verdict(/3 and 3 requests/);
  });

  it('says in a sentence that a side has no profile', async () => {
    await workbench.showProfiles();
    await workbench.profiles.rowAction('shop.checkout', 'Compare before and after…');
    await workbench.quickInput.pick('Last 15 minutes');
    await poll('the sentence', async () =>
      (await workbench.notifications()).some((text) => /^No profile of .*choose another/.test(text))
        ? true
        : undefined,
    );
  });

  it('starts from a flamegraph, and is zero everywhere between profiles with the same numbers', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.profiles.click('shop.same');
    await flamegraph.shows('the profile', ({ profiles: [profile] }) =>
      Boolean(profile?.frames.some(({ name }) => name.startsWith('checkout'))),
    );
    await (await flamegraph.button('Compare…')).click();
    await workbench.quickInput.pick('shop.again');
    await verdict(/costs/);
    await (await within('.legend')).filter({ hasText: 'No frame changed' }).waitFor();
    const levels = await (
      await within('.flame-box')
    ).evaluateAll((boxes) => boxes.map((box) => (box as HTMLElement).dataset['level']));
    assert.deepEqual([...new Set(levels)], ['0']);
    await workbench.openFile('shop.py');
    const { before: texts } = await timings(PRICE_LINE);
    assert.match(texts.join(' '), /ms\s+0\s+0 %/);
  });

  it('writes the change of each line where lines were measured, though the line has moved', async () => {
    await workbench.command('View: Close All Editors');
    await recordLines(BEFORE, 'lines-before');
    await recordLines(AFTER, 'lines-after');
    await workbench.profiles.row('lines-after').waitFor();
    await compare('lines-before', 'lines-after');
    await verdict(/slower/);
    await workbench.openFile('shop.py');
    const { before: texts } = await timings(SLEEP_LINE);
    assert.match(texts.join(' '), /2[\d.]* ms\s+6[\d.]* ms\s+\+\d[\d.]* ms\s+\+\d+ %/);
    await pictures('compare-lines');
  });
});
