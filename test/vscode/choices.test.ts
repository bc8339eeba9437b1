import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../tools/paths.mjs';
import { FlamegraphTab } from './flamegraphTab';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const SAMPLES = join(root, 'test/fixtures/profiles');

/** What the `summary:` of the sample of cachegrind says of `Ir` and `Dr`. */
const INSTRUCTIONS = 54_663;
const DATA_READS = 7_102;

/** Samples in the database of stackcollector, and in the first second of it. */
const ALL_SAMPLES = 435;
const FIRST_SAMPLES = 182;

/** Files with more in them than one graph can show, and values over time. */
describe('what of a file is shown', () => {
  let folder: string;
  let workbench: Workbench;
  let flamegraph: FlamegraphTab;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-choices-'));
    await cp(join(SAMPLES, 'callgrind/tiny.c'), join(folder, 'tiny.c'));
    const source = 'mem_target_plain.py';
    await cp(join(SAMPLES, 'memory_profiler', source), join(folder, source));
    const profiles = join(folder, '.hotline');
    await mkdir(profiles);
    for (const [sample, name] of [
      ['callgrind/valgrind-cachegrind.out', 'cachegrind.out'],
      ['stackcollector/db/db.pag', 'stacks.pag'],
      ['memory_profiler/mprof-python.dat', 'mprof-calls.dat'],
      ['memory_profiler/mprof-multiprocess.dat', 'mprof-processes.dat'],
      ['memory_profiler/line-by-line-o.txt', 'memory.txt'],
    ] as const) {
      await cp(join(SAMPLES, sample), join(profiles, name));
    }
    workbench = await Workbench.start({ workspace: folder });
    flamegraph = new FlamegraphTab(workbench);
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (name: string): Promise<void> => {
    await workbench.showProfiles();
    await workbench.profiles.click(name);
  };
  const costs = (total: number): Promise<unknown> =>
    flamegraph.shows(`a graph of ${total}`, ({ profiles }) => profiles[0]?.total === total);
  const plotShows = async (text: RegExp): Promise<void> => {
    await poll(`a plot with ${String(text)}`, async () => {
      const frame = await workbench.webviewFrame();
      const plot = await frame
        .locator('main.plot:visible')
        .innerText({ timeout: 1000 })
        .catch(() => '');
      return text.test(plot) ? true : undefined;
    });
  };
  const pictures = async (name: string): Promise<void> => {
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  };

  it('is the first event of a file that counts several, and another one when it is chosen', async () => {
    await open('cachegrind.out');
    await costs(INSTRUCTIONS);
    const frame = await workbench.webviewFrame();
    const dropdown = frame.locator('vscode-dropdown[aria-label="Measured"]');
    await dropdown.click();
    await workbench.screenshot('choices-open');
    await frame.getByRole('option', { name: /\bDr\b/ }).click();
    await costs(DATA_READS);
    await pictures('choices-metric');
  });

  it('is the same beside the source', async () => {
    await workbench.openFile('tiny.c');
    await workbench.editor.goToLine(1);
    await poll('the header', async () => {
      const [first] = await workbench.editor.lines();
      return first?.after.some((text) => /\bDr\b/.test(text)) ? true : undefined;
    });
    await workbench.screenshot('choices-gutter');
  });

  it('stays when the window is loaded anew', async () => {
    await open('cachegrind.out');
    await costs(DATA_READS);
    await workbench.reload();
    await costs(DATA_READS);
  });

  it('can be chosen by a command', async () => {
    await workbench.command('Hotline: Choose what is shown…');
    const items = await workbench.quickInput.items();
    const instructions = items.find((label) => /\bIr\b/.test(label));
    assert.ok(instructions, items.join(', '));
    await workbench.quickInput.pick(instructions);
    await costs(INSTRUCTIONS);
  });

  it('is a part of the recorded time, by the button in the toolbar', async () => {
    await open('stacks.pag');
    await costs(ALL_SAMPLES);
    const button = (await workbench.webviewFrame()).locator('.choice vscode-button');
    assert.match(await button.innerText(), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/);
    const [day = '', from = ''] = (await button.innerText()).split(' ');
    await button.click();
    assert.deepEqual(await workbench.quickInput.items(), ['All', 'From… until…']);
    await workbench.quickInput.pick('From… until…');
    await workbench.quickInput.enter(`${day} ${from}`);
    await workbench.page.getByText('Show until').waitFor();
    await workbench.quickInput.enter(from);
    await costs(FIRST_SAMPLES);
    await poll('the part in the toolbar', async () =>
      (await button.innerText()) === `${day} ${from} – ${from}` ? true : undefined,
    );
    await workbench.screenshot('choices-period');
  });

  it('is a plot with the calls that were marked, read off with the arrow keys', async () => {
    await open('mprof-calls.dat');
    await plotShows(/peak 26\.19 MiB/);
    const chart = (await workbench.webviewFrame()).getByRole('slider', { name: 'Time' });
    await chart.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await workbench.page.keyboard.press(key);
    }
    const spoken = await chart.getAttribute('aria-valuetext');
    assert.match(
      spoken ?? '',
      /^0\.\d+ s, [\d.]+ MiB, in __main__\.outer \+4\.5\d MiB, in __main__/,
    );
    await pictures('plot-calls');
  });

  it('has the plot as a table too', async () => {
    const frame = await workbench.webviewFrame();
    await frame.getByText('As a table').click();
    assert.match(await frame.locator('.plot-table').innerText(), /block label/);
    await workbench.screenshot('plot-table');
  });

  it('is a line for each process, and the peak in the list', async () => {
    await open('mprof-processes.dat');
    await plotShows(/Child 26194/);
    await poll('the peak in the row', async () => {
      const rows = await workbench.profiles.rows();
      return rows.some(({ description }) => /^peak 13\.5 MiB/.test(description)) ? true : undefined;
    });
    await pictures('plot-processes');
  });

  it('is a graph again after a plot', async () => {
    await open('cachegrind.out');
    await costs(INSTRUCTIONS);
    assert.equal(await (await workbench.webviewFrame()).locator('main.plot').isVisible(), false);
  });

  it('is memory beside the source, as memory_profiler prints it', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.profiles.rowAction('memory.txt', 'Annotate source');
    await poll('the increment of line 8', async () => {
      const line = (await workbench.editor.lines()).find(({ number }) => number === 8);
      const cells = (line?.before ?? []).join(' ').trim();
      return /^29\.449 +9\.160 +3 /.test(cells) ? true : undefined;
    });
    await pictures('gutter-memory-profiler');
  });
});
