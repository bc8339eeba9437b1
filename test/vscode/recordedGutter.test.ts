import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../tools/paths.mjs';
import type { EditorLine } from './harness/editor';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

const SAMPLES = join(root, 'test/fixtures/profiles/hotline');

/** Samples, by the path of the request that they are of. */
const PROFILES = { names: 'names.lines', orders: 'orders.lines', report: 'report.memory' };

/** Hotline's own profiles beside the very sources that were profiled, which were copied just now. */
describe('what the profiler recorded, beside the source', () => {
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-recorded-'));
    await cp(join(SAMPLES, 'shop'), folder, { recursive: true });
    await mkdir(join(folder, '.hotline'));
    for (const name of Object.values(PROFILES)) {
      const file = `${name}.speedscope.json`;
      await cp(join(SAMPLES, file), join(folder, '.hotline', file));
    }
    const settings = { 'files.autoSave': 'off' };
    workbench = await Workbench.start({ workspace: folder, settings });
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** The lines of the file that a request's timings lead to, once they are there. */
  async function annotated(request: string, file: string): Promise<EditorLine[]> {
    await workbench.command('View: Close All Editors');
    await workbench.showProfiles();
    await workbench.profiles.rowAction(request, 'Annotate source');
    await workbench.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await workbench.editor.goToLine(1);
    return poll(`timings of ${request}`, async () => {
      const rendered = await workbench.editor.lines();
      return header(rendered).includes(request) ? rendered : undefined;
    });
  }

  async function pictures(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  }

  it('has hits, time and the number of queries of the line that sends too many', async () => {
    const rendered = await annotated('GET /names/', 'views.py');
    assert.match(header(rendered), /^GET \/names\/.* · Time in [µm]s · % of request$/, 'not stale');
    assert.deepEqual(cells(rendered[0]).at(-1), 'SQL');
    assert.match(columns(rendered, 18), /^20 +\d+\.\d +\d+\.\d +\d+\.\d +N\+1 20 in [\d.]+ [mµ]s$/);
    assert.match(columns(rendered, 19), /^1 +\d+\.\d +\d+\.\d +\d+\.\d$/);
    const hover = await workbench.editor.hover(18);
    assert.match(hover, /SQL: 20 queries, all the same/);
    assert.match(hover, /SELECT "store_customer"/);
    await pictures('gutter-queries');
    await workbench.page.keyboard.press('Escape');
  });

  it('has the lines of templates', async () => {
    const rendered = await annotated('GET /orders/', 'orders.html');
    assert.match(columns(rendered, 8), /^20 +\d+\.\d +\d+\.\d +\d+\.\d +N\+1 20 in [\d.]+ [mµ]s$/);
    assert.match(columns(rendered, 5), /^1 /);
    assert.equal(columns(rendered, 4), '');
    await pictures('gutter-template');
  });

  it('has growth, peak and allocations of a profile of memory', async () => {
    const rendered = await annotated('GET /report/5000/', 'views.py');
    assert.match(header(rendered), / · Growth in MiB · % of growth$/);
    assert.match(columns(rendered, 28), /^\d+\.\d{3} +\d+\.\d{3} +\d+ +\d+\.\d$/);
    await pictures('gutter-memory');
  });

  it('is stale where the file was changed', async () => {
    await annotated('GET /names/', 'views.py');
    await workbench.editor.goToLine(18);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type('  # changed');
    await workbench.command('File: Save');
    await poll('stale timings', async () =>
      /^stale: 1 line changed since · /.test(header(await workbench.editor.lines()))
        ? true
        : undefined,
    );
  });
});

function at(rendered: readonly EditorLine[], number: number): EditorLine | undefined {
  return rendered.find((line) => line.number === number);
}

/** What stands in the columns beside a line. */
function columns(rendered: readonly EditorLine[], number: number): string {
  return (at(rendered, number)?.before ?? []).join(' ').trim();
}

function cells(line: EditorLine | undefined): string[] {
  return (line?.before ?? []).join(' ').split(' ').filter(Boolean);
}

/** The header beside the first line. */
function header(rendered: readonly EditorLine[]): string {
  return at(rendered, 1)?.after.join('') ?? '';
}
