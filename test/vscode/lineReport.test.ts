import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../tools/paths.mjs';
import type { EditorLine } from './harness/editor';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const SAMPLES = join(root, 'test/fixtures/profiles/hotline');

/** Where Django's queries are in a virtual environment of another Python than the one that was profiled. */
const QUERY = '.venv/lib/python3.11/site-packages/django/db/models/query.py';

/** Lines of it, so that each line that was sampled is there. */
const QUERY_LINES = 2_500;

/** Hotline's own profiles beside sources that were edited since, in a git repository that has them as they ran. */
describe('the lines of a profile', () => {
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-lines-'));
    await cp(join(SAMPLES, 'shop'), folder, { recursive: true });
    commitAll(folder);
    await edit(join(folder, 'store/views.py'));
    await mkdir(join(folder, QUERY, '..'), { recursive: true });
    await writeFile(join(folder, QUERY), 'pass\n'.repeat(QUERY_LINES));
    await mkdir(join(folder, '.hotline'));
    for (const name of ['names', 'orders']) await addProfile(name);
    const settings = { 'files.autoSave': 'off' };
    workbench = await Workbench.start({ workspace: folder, settings });
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function addProfile(name: string): Promise<void> {
    const file = `${name}.lines.speedscope.json`;
    await cp(join(SAMPLES, file), join(folder, '.hotline', file));
  }

  /** The rendered lines once they are as they should be. */
  function lines(what: string, are: (lines: EditorLine[]) => boolean): Promise<EditorLine[]> {
    return poll(what, async () => {
      const rendered = await workbench.editor.lines();
      return are(rendered) ? rendered : undefined;
    });
  }

  async function choose(source: string): Promise<void> {
    await workbench.command('Hotline: Choose which profile annotates…');
    await workbench.quickInput.pick(source);
  }

  async function pictures(name: string): Promise<void> {
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  }

  it('are carried to where they stand now, from the commit that was profiled', async () => {
    await workbench.showProfiles();
    await workbench.profiles.rowAction('GET /names/', 'Annotate source');
    const rendered = await lines('timings of the edited file', (now) => header(now) !== '');
    assert.match(header(rendered), /^stale: 1 line changed since · GET \/names\/ /);
    assert.match(columns(rendered, 20), /^20 .* N\+1 20 in [\d.]+ [mµ]s$/, 'the loop’s body');
    assert.match(columns(rendered, 21), /^1 +\d/, 'the line that was changed');
    assert.equal(columns(rendered, 16), '', 'a line that is new');
  });

  it('have the bar of the hot path, which the hover tells of', async () => {
    assert.deepEqual(await barredLines(workbench), [20]);
    const hover = await workbench.editor.hover(20);
    assert.match(hover, /On the hot path, step 1 of 1/);
    assert.match(hover, /N\+1: this line sent the same query 20 times/);
    await pictures('gutter-carried');
    await workbench.page.keyboard.press('Escape');
    assert.match(await workbench.editor.hover(21), /Stale: this line was changed/);
    await workbench.page.keyboard.press('Escape');
  });

  it('are % Time alone when compact', async () => {
    await workbench.command('Hotline: Toggle compact timings');
    await lines('compact timings', (now) => /^\d+\.\d$/.test(columns(now, 20)));
    await workbench.command('Hotline: Toggle compact timings');
    await lines('full timings', (now) => columns(now, 20).includes('N+1'));
  });

  it('are told in a report with links, as line_profiler prints it', async () => {
    await workbench.showProfiles();
    await workbench.profiles.click('GET /names/');
    await poll('the flamegraph in front', async () =>
      (await workbench.tabs()).some(({ active, title }) => active && title.includes('/names/'))
        ? true
        : undefined,
    );
    await workbench.command('Hotline: Line report');
    const report = await lines('the report', (now) =>
      now.some(({ text }) => /^Line report of GET \/names\/ /.test(text)),
    );
    const row = report.find(({ text }) => text.includes('found.append(order.customer.name)'));
    assert.match(row?.text ?? '', /^ +18 +20 +\d+\.\d +\d+\.\d +\d+\.\d {10}found\.append/);
    assert.ok(report.some(({ text }) => /^ +16 +1 .* {6}found = \[\]$/.test(text)));
    await pictures('line-report');
    await workbench.editor.goToLine(row?.number ?? 0);
    // Behind the blanks before the number, which is the link.
    for (let column = 0; column < 5; column += 1) await workbench.page.keyboard.press('ArrowRight');
    await workbench.command('Open Link');
    await poll('the line where it stands in the edited file', async () => {
      const active = (await workbench.tabs()).find((tab) => tab.active);
      const cursor = await workbench.editor.cursor();
      return active?.title === 'views.py' && cursor?.line === 20 ? true : undefined;
    });
  });

  it('of templates are in the report, too', async () => {
    await workbench.showProfiles();
    await workbench.profiles.rowAction('GET /orders/', 'Line report');
    const report = await lines('the report', (now) =>
      now.some(({ text }) => /^Line report of GET \/orders\/ /.test(text)),
    );
    assert.ok(report.some(({ text }) => /^Hotline, .* and 2 templates, /.test(text)));
    await workbench.page.keyboard.press('Control+End');
    await lines('the template', (now) =>
      now.some(({ text }) => /^ +8 +20 +\d+\.\d .*order/.test(text)),
    );
    await pictures('line-report-templates');
  });

  it('are shown in a library that was profiled in another place', async () => {
    await workbench.showProfiles();
    await workbench.profiles.rowAction('GET /orders/', 'Annotate source');
    await lines('timings of the request', (now) => header(now).includes('GET /orders/'));
    await workbench.openFile('query.py');
    await workbench.editor.goToLine(1);
    const rendered = await lines('timings of the library', (now) => header(now) !== '');
    assert.match(header(rendered), /GET \/orders\/.* · sampled/);
    assert.ok(!cells(rendered[0]).includes('SQL'), 'no column of queries where none were sent');
    await workbench.editor.goToLine(1954);
    await lines('the time of a line', (now) => /\d/.test(columns(now, 1954)));
  });

  it('are those of the profile that is chosen to annotate', async () => {
    await workbench.openFile('views.py');
    await workbench.editor.goToLine(1);
    await choose('None');
    await lines('no timings', (now) => now.every(({ before }) => before.length === 0));
    await poll('the choice in the status bar', async () =>
      (await workbench.statusItems()).some((text) => text.includes('Timings: none'))
        ? true
        : undefined,
    );
    await choose('Follow latest');
    await lines('timings of the latest', (now) => header(now).includes('GET /'));
    await addProfile('report');
    await lines('timings of the new one', (now) => header(now).includes('GET /report/'));
    await choose('This request');
    await lines('timings of the one before', (now) => header(now).includes('GET /orders/'));
  });
});

function commitAll(folder: string): void {
  const git = (...args: string[]): void => {
    const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
    execFileSync('git', [...person, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init');
  git('add', '.');
  git('commit', '-m', 'As it ran');
}

/** Moves all lines of `names` down by two, and changes the last. */
async function edit(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const edited = text
    .replace('def names', 'PAGE = 10\n\n\ndef names')
    .replace('import Order\n\n', 'import Order\n')
    .replace("{'names': found}", "{'names': found, 'page': PAGE}");
  await writeFile(file, edited);
}

/** The numbers of the lines in sight that have the bar of the hot path. */
function barredLines(workbench: Workbench): Promise<number[]> {
  return workbench.page
    .locator('.editor-group-container.active .monaco-editor')
    .first()
    .evaluate((editor) => {
      const topOf = (element: Element): string => (element as HTMLElement).style.top;
      const numbers = new Map(
        [...editor.querySelectorAll('.margin-view-overlays > div')].map((overlay) => [
          topOf(overlay),
          Number(overlay.querySelector('.line-numbers')?.textContent),
        ]),
      );
      return [...editor.querySelectorAll('.view-overlays > div')]
        .filter((overlay) =>
          [...overlay.children].some((part) => getComputedStyle(part).borderLeftWidth === '3px'),
        )
        .map((overlay) => numbers.get(topOf(overlay)) ?? 0);
    });
}

/** What stands in the columns beside a line. */
function columns(rendered: readonly EditorLine[], number: number): string {
  return (rendered.find((line) => line.number === number)?.before ?? []).join(' ').trim();
}

function cells(line: EditorLine | undefined): string[] {
  return (line?.before ?? []).join(' ').split(' ').filter(Boolean);
}

/** The header beside the first line. */
function header(rendered: readonly EditorLine[]): string {
  return rendered.find(({ number }) => number === 1)?.after.join('') ?? '';
}
