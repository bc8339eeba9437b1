import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FlamegraphTab } from './flamegraphTab';
import { makeGutterWorkspace, type GutterWorkspace } from './gutterWorkspace';
import { poll } from './harness/poll';
import { TreeView, type TreeRow } from './harness/tree';
import { Workbench } from './harness/workbench';

/** Lines of `shop/views.py`. */
const FIB = 7;
const IN_SLOW = 15;

/** A line of `lp_target.py` that line_profiler timed. */
const TIMED = 18;

const FIND = 'Hotline: Find requests that spent time in this function';

/** One request at a glance, the requests of one function, and how many are kept. */
describe('requests', () => {
  let workspace: GutterWorkspace;
  let workbench: Workbench;
  let request: TreeView;

  before(async () => {
    workspace = await makeGutterWorkspace();
    workbench = await Workbench.start({ workspace: workspace.folder });
    request = new TreeView(workbench.page, 'Request');
  });
  after(async () => {
    await workbench.dispose();
    await workspace.dispose();
  });

  /** The rows of a view once they are as they should be. */
  function rows(
    view: () => TreeView,
    what: string,
    are: (rows: TreeRow[]) => boolean,
  ): Promise<TreeRow[]> {
    return poll(what, async () => {
      const rendered = await view().rows();
      return are(rendered) ? rendered : undefined;
    });
  }
  const profiles = (what: string, are: (rows: TreeRow[]) => boolean): Promise<TreeRow[]> =>
    rows(() => workbench.profiles, what, are);
  const pictures = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  };

  it('are summed up in the panel when their row is selected', async () => {
    await workbench.showProfiles();
    // Rows move while the files are read for the first time, even under the mouse.
    await poll('the row of views.prof to be selected', async () => {
      const all = await workbench.profiles.rows();
      if (all.some(({ label, selected }) => label === 'views.prof' && selected)) return true;
      await workbench.profiles.click('views.prof');
      return undefined;
    });
    const isShown = ({ label, description }: TreeRow): boolean =>
      label === 'File' && description === 'views.prof';
    const shown = await rows(
      () => request,
      'the sections of the request',
      (all) => all.some(isShown) && all.some(({ label }) => label === 'Functions by self time'),
    );
    assert.equal(shown[0]?.label, 'Request');
    await request.pane.hover();
    await pictures('request-panel');
  });

  it('lead from a function to its source, and to its place in the flamegraph', async () => {
    const fib = await poll('the row of fib', async () => {
      const row = request.row('fib');
      if (await row.isVisible()) return row;
      await request.pane.hover();
      await workbench.page.mouse.wheel(0, 60);
      return undefined;
    });
    await fib.hover();
    await fib.getByRole('button', { name: 'Show in flamegraph' }).click();
    const flamegraph = new FlamegraphTab(workbench);
    await flamegraph.shows('fib in the sandwich', ({ selected }) => selected?.name === 'fib');
    await fib.click();
    await poll('the source of fib', async () =>
      (await workbench.editor.cursor())?.line === FIB ? true : undefined,
    );
  });

  it('that spent time in a function are found, and all shown again', async () => {
    const before = await profiles('all profiles', (all) => all.length > 2);
    await workbench.openFile('views.py');
    await workbench.editor.goToLine(IN_SLOW);
    await workbench.command(FIND);
    const found = await profiles(
      'the profiles with slow()',
      (all) => all.length === 2 && all.every(({ description }) => / there, /.test(description)),
    );
    const names = found.map(({ label }) => label).sort();
    assert.deepEqual(names, ['container.prof', 'views.prof']);
    await pictures('request-search');
    assert.ok(existsSync(join(workspace.folder, '.hotline/.hotline-index')));
    await workbench.command('Hotline: Clear profile filter');
    const again = await profiles('all profiles again', (all) => all.length === before.length);
    assert.ok(again.every(({ label }) => label !== '.hotline-index'));
  });

  it('that spent time in a line are found, by the function where lines were not timed', async () => {
    await workbench.openFile('views.py');
    await workbench.editor.goToLine(IN_SLOW);
    await workbench.command('Hotline: Find requests that spent time in this line');
    const found = await profiles(
      'the profiles with the line',
      (all) =>
        all.length === 2 && all.every(({ description }) => / in the function/.test(description)),
    );
    assert.deepEqual(found.map(({ label }) => label).sort(), ['container.prof', 'views.prof']);
    await workbench.profiles.pane.getByText(`time in line ${IN_SLOW} of views.py`).waitFor();
    await workbench.command('Hotline: Clear profile filter');
    await profiles('all profiles again', (all) => all.length > 2);
  });

  it('that spent time in a line that was timed are told its time', async () => {
    await workbench.openFile('lp_target.py');
    await workbench.editor.goToLine(TIMED);
    await workbench.command('Hotline: Find requests that spent time in this line');
    const [found] = await profiles(
      'the profile with the line',
      (all) => all.length === 1 && / there/.test(all[0]?.description ?? ''),
    );
    assert.equal(found?.label, 'lines.lprof');
    await pictures('request-search-line');
    await workbench.command('Hotline: Clear profile filter');
    await profiles('all profiles again', (all) => all.length > 2);
  });

  it('are deleted from the oldest on when the settings say so, and never the open one', async () => {
    const folder = join(workspace.folder, '.hotline');
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    // The open profile is made the oldest of all.
    await utimes(join(folder, 'views.prof'), 1, 1);
    await workbench.command('Hotline: Refresh profiles');
    await workbench.setSetting('hotline.retention.maxFiles', 1);
    await poll('two profiles', async () => {
      const left = (await readdir(folder)).filter((name) => !name.startsWith('.'));
      assert.ok(left.includes('views.prof'));
      return left.length === 2 ? true : undefined;
    });
    const summary = new RegExp(`Retention deleted ${names.length - 2} profiles of .*\\.hotline`);
    const log = await poll('the log', async () => {
      const text = await workbench.extensionLog();
      return summary.test(text) ? text : undefined;
    });
    assert.match(log, /lines\.lprof: hotline\.retention\.maxFiles is 1\./);
  });
});
