import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { accepts } from '../../src/server/address';
import { makeWorkspace, manage } from '../../tools/demoSite.mjs';
import { cache, root } from '../../tools/paths.mjs';
import { ensureVenv } from '../../tools/python.mjs';
import { freePort } from '../unit/server/djangoProject';
import { FlamegraphTab } from './flamegraphTab';
import { poll } from './harness/poll';
import { Workbench, type PictureOptions } from './harness/workbench';

/** The sample project's slow function, whose body ends on line 34, and the slow line in it. */
const SLOW = { file: 'pricing.py', name: 'similarity', definition: 27, end: 34, line: 32 };

/** The line that asks the database anew for each category. */
const REPEATED_QUERY = { file: 'categories.py', line: 19 };

/** 58 products are compared with 6 in the cart, each of 48 words with each of 48. */
const COMPARED_PAIRS = 58 * 6;
const COMPARED_WORDS = COMPARED_PAIRS * 48 * 48;

const PAGES = ['/', '/products/', '/products/uji-cup/', '/orders/', '/checkout/', '/categories/'];
const HOST = '127.0.0.1';

/** What a profile of Hotline's own says of its request. */
interface RequestRecord {
  readonly request: { readonly path: string; readonly duration: number };
  readonly queries: readonly { readonly line?: number }[];
}

/** Where pictures go: those of the README only on request, since they change with every run. */
const PICTURES =
  process.env['HOTLINE_SAVE_SCREENSHOTS'] === '1'
    ? join(root, 'media/readme')
    : join(cache, 'screenshots/journey');

/** Widths of the side bar in which group rows are told in full, and which leaves room for the rest. */
const SIDE_BAR = { wide: 620, narrow: 350 };
const SIDE_BAR_PICTURE = { width: SIDE_BAR.wide, height: 320 };

describe('from a slow request to its slow line', () => {
  let folder: string;
  let workspace: string;
  let port: number;
  let workbench: Workbench;
  let flamegraph: FlamegraphTab;

  before(async () => {
    await ensureVenv();
    folder = await mkdtemp(join(tmpdir(), 'hotline-'));
    workspace = join(folder, 'harbour-coffee');
    await makeWorkspace(workspace);
    port = await freePort();
    workbench = await Workbench.start({ workspace, settings: { 'hotline.server.port': port } });
    flamegraph = new FlamegraphTab(workbench);
    await workbench.showProfiles();
  });

  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  let lost = false;

  /** One step of the way; those after a step that failed would only wait in vain. */
  const step = (name: string, walk: () => Promise<void>): void => {
    it(name, async (test) => {
      if (lost) {
        // Never in a green run: the step that was lost has failed. It only ends a red one sooner.
        test.skip('an earlier step failed');
        return;
      }
      try {
        await walk();
      } catch (error) {
        lost = true;
        await workbench.screenshot('journey-failed');
        console.error(await workbench.extensionLog());
        throw error;
      }
    });
  };

  const request = async (path: string, options?: RequestInit): Promise<void> => {
    await (await fetch(`http://${HOST}:${port}${path}`, options)).arrayBuffer();
  };

  /** What the rows say, those of requests without the method. */
  const labels = async (): Promise<string[]> =>
    (await workbench.profiles.rows()).map(({ label }) => label.replace(/^(GET|POST) /, ''));

  const labelsBecome = (what: string, are: (labels: string[]) => boolean): Promise<string[]> =>
    poll(what, async () => {
      const found = await labels();
      return are(found) ? found : undefined;
    });

  const arrange = async (command: string, choice: string): Promise<void> => {
    await workbench.command(command);
    await workbench.quickInput.pick(choice);
  };

  /** What the profiles of requests say, beside their stacks. */
  const records = async (): Promise<readonly RequestRecord[]> => {
    const folder = join(workspace, '.hotline');
    const names = (await readdir(folder)).filter((name) => /^[^.].*\.speedscope\.json$/.test(name));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.map((text) => (JSON.parse(text) as { readonly hotline: RequestRecord }).hotline);
  };

  /** The path that was requested longest. */
  const slowestPath = async (): Promise<string> => {
    const requests = (await records()).map(({ request }) => request);
    return requests.sort((a, b) => b.duration - a.duration)[0]?.path ?? '';
  };

  /** What stands before a line of the file in the editor, once it is like this. */
  const timings = (line: number, like: RegExp): Promise<string> =>
    poll(`${like.source} before line ${line}`, async () => {
      const before = (await columns()).get(line);
      return before !== undefined && like.test(before) ? before : undefined;
    });

  /** What stands before the lines in sight, by line. */
  const columns = async (): Promise<ReadonlyMap<number, string>> =>
    new Map(
      (await workbench.editor.lines()).map(({ number, before }) => [
        number,
        before.join('').trim(),
      ]),
    );

  /** Saves what is in sight in both themes. */
  const picture = async (name: string, size?: PictureOptions['size']): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await workbench.setTheme(theme);
      // Webviews hear of a new theme a moment later than the workbench wears it.
      await sleep(1000);
      await workbench.screenshot(`${name}-${theme}`, { folder: PICTURES, size });
    }
  };

  step('starts the profiled server by its command', async () => {
    await workbench.command('Hotline: Start profiled server');
    await poll('the address in the status bar', async () =>
      (await workbench.statusItems()).some((text) => text.includes(`${HOST}:${port}`))
        ? true
        : undefined,
    );
  });

  step('shows every request as a row, the slowest first', async () => {
    for (const page of PAGES) await request(page);
    await request('/reports/refunds/');
    await request('/api/cart/', { method: 'POST', body: '{"slugs": ["uji-cup"]}' });
    await request('/orders/');
    const found = await labelsBecome('a row for each request', (rows) => rows.length === 9);
    assert.equal(found[0], await slowestPath());
    assert.deepEqual(new Set(found), new Set([...PAGES, '/reports/refunds/', '/api/cart/']));
    await workbench.command('View: Hide Panel');
    await workbench.dragSideBar(SIDE_BAR.wide);
    await picture('explorer', SIDE_BAR_PICTURE);
  });

  step('sorts by time and groups by endpoint', async () => {
    await arrange('Hotline: Sort profiles…', 'Newest first');
    await labelsBecome('the newest first', ([first]) => first === '/orders/');
    await arrange('Hotline: Sort profiles…', 'Longest first');
    const slowest = await slowestPath();
    await labelsBecome('the longest first', ([first]) => first === slowest);
    await arrange('Hotline: Group profiles…', 'By endpoint');
    const groups = await labelsBecome('the groups', (rows) => rows.length === 8);
    assert.equal(groups.filter((label) => label.includes('/orders/')).length, 1);
    const orders = (await workbench.profiles.rows()).find(({ label }) =>
      label.includes('/orders/'),
    );
    assert.equal(orders?.expanded, false);
    assert.match(orders.description, /^2 .*p50 .*p95 .*max /);
    await workbench.profiles.row('/orders/').click();
    await labelsBecome('the requests of the group', (rows) => rows.length === 10);
    await picture('explorer-grouped', SIDE_BAR_PICTURE);
    await workbench.dragSideBar(SIDE_BAR.narrow);
    await arrange('Hotline: Group profiles…', 'No groups');
    await labelsBecome('the rows', (rows) => rows.length === 9);
  });

  step(
    'opens the flamegraph of the slow request, and the source of its slow function',
    async () => {
      await workbench.profiles.row('/checkout/').click();
      const { profiles } = await flamegraph.shows('the flamegraph of /checkout/', (shown) =>
        Boolean(shown.profiles[0]?.frames.some(({ name }) => name.startsWith(SLOW.name))),
      );
      const frame = profiles[0]?.frames.find(({ name }) => name.startsWith(SLOW.name));
      assert.equal(frame?.file, join(workspace, 'shop', SLOW.file));
      assert.equal(frame.line, SLOW.definition);
      await flamegraph.search(SLOW.name);
      await flamegraph.shows('the selection', ({ selected }) =>
        Boolean(selected?.name.startsWith(SLOW.name)),
      );
      await picture('flamegraph');
      await (await flamegraph.button('Open source')).click();
      await poll('the cursor on the definition', async () =>
        (await workbench.editor.cursor().catch(() => undefined))?.line === SLOW.definition
          ? true
          : undefined,
      );
      const active = (await workbench.tabs()).find((tab) => tab.active);
      assert.equal(active?.title, SLOW.file);
    },
  );

  step('writes the highest % Time of the slow function beside its slow line', async () => {
    await timings(SLOW.line, /^≈?\d/);
    const percents = [...(await columns())]
      .filter(([line]) => line > SLOW.definition && line <= SLOW.end)
      .map(([line, text]) => ({ line, percent: Number(/([\d.]+)$/.exec(text)?.[1] ?? 0) }))
      .sort((a, b) => b.percent - a.percent);
    assert.equal(percents[0]?.line, SLOW.line, JSON.stringify(percents));
    assert.ok(percents[0].percent > 50, JSON.stringify(percents));
    await workbench.editor.goToLine(1);
    await workbench.command('View: Toggle Maximize Editor Group');
    await picture('gutter');
    await workbench.command('View: Toggle Maximize Editor Group');
  });

  step('writes how many queries the line sent that asks again and again', async () => {
    const { file, line } = REPEATED_QUERY;
    const record = (await records()).find(({ request }) => request.path === '/categories/');
    const sent = record?.queries.filter((query) => query.line === line) ?? [];
    assert.ok(sent.length > 10, `${sent.length} queries`);
    await workbench.profiles.row('/categories/').click();
    await workbench.openFile(file);
    await timings(line, new RegExp(`\\b${sent.length} in [\\d.]+ ?(ms|µs)$`));
  });

  step('deletes a profile', async () => {
    await workbench.profiles.rowAction('/checkout/', 'Delete profile');
    assert.match(await workbench.answerDialog('Move to Trash'), /checkout/);
    // The machine of a VS Code in the browser has no trash.
    await workbench.answerDialog('Delete Permanently');
    await labelsBecome('the row to go', (rows) => !rows.includes('/checkout/'));
    const files = await readdir(join(workspace, '.hotline'));
    assert.deepEqual(
      files.filter((name) => name.startsWith('checkout')),
      [],
    );
  });

  step('writes hits and times beside the slow line of a line_profiler profile', async () => {
    await manage(workspace, ['profile_lines', '/checkout/']);
    const row = workbench.profiles.row('checkout');
    await row.waitFor();
    await row.click();
    await workbench.openFile(SLOW.file);
    const timed = await timings(SLOW.line, new RegExp(`^${COMPARED_WORDS}`));
    assert.ok(Number(timed.split(/ +/)[3]) > 50, timed);
  });

  step('shows a file that is no profile as a row with its reason', async () => {
    await writeFile(
      join(workspace, '.hotline', 'broken.000007ms.1700000000.prof'),
      'not a profile',
    );
    const row = await poll('the row of the broken file', async () =>
      (await workbench.profiles.rows()).find(
        ({ label, iconClass }) => label.includes('broken') && iconClass.includes('warning'),
      ),
    );
    assert.notEqual(row.description, '');
  });

  step('stops the server', async () => {
    await workbench.command('Hotline: Stop profiled server');
    await poll('the port to be free', async () =>
      (await accepts({ host: HOST, port })) ? undefined : true,
    );
  });

  step('restores all of it when the window is loaded anew', async () => {
    const rows = await labels();
    await workbench.reload();
    await workbench.showProfiles();
    await labelsBecome('the same rows', (found) => found.join() === rows.join());
    await timings(SLOW.line, new RegExp(`^${COMPARED_WORDS}`));
    assert.ok((await workbench.tabs()).some(({ title }) => title.includes('checkout')));
  });
});
