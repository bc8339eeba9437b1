import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FlamegraphTab } from './flamegraphTab';
import {
  makeGutterWorkspace,
  type GutterWorkspace,
  type Pstats,
  type SampledLine,
} from './gutterWorkspace';
import type { EditorLine } from './harness/editor';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';

describe('timings beside the source', () => {
  let workspace: GutterWorkspace;
  let workbench: Workbench;

  before(async () => {
    workspace = await makeGutterWorkspace();
    // A workbench in a browser saves by itself after a second, and a saved file stays stale.
    const settings = { 'files.autoSave': 'off' };
    workbench = await Workbench.start({ workspace: workspace.folder, settings });
  });
  after(async () => {
    await workbench.dispose();
    await workspace.dispose();
  });

  /** The rendered lines once they are as they should be. */
  function lines(what: string, are: (lines: EditorLine[]) => boolean): Promise<EditorLine[]> {
    return poll(what, async () => {
      const rendered = await workbench.editor.lines();
      return are(rendered) ? rendered : undefined;
    });
  }

  async function annotate(profile: string): Promise<EditorLine[]> {
    await workbench.showProfiles();
    await workbench.profiles.rowAction(profile, 'Annotate source');
    return lines(`timings of ${profile}`, (rendered) => header(rendered).includes(profile));
  }

  it('show line_profiler’s numbers on the lines that it measured, and blanks on others', async () => {
    const rendered = await annotate('lines.lprof');
    assert.equal((await workbench.tabs()).find(({ active }) => active)?.title, 'lp_target.py');
    assert.match(header(rendered), /lines\.lprof.* · Time in µs · % of function$/);
    assert.deepEqual(cells(rendered[0]), ['Hits', 'Time', 'Per', 'Hit', '%', 'Time']);
    const measured = new Map(workspace.lines.map((line) => [line.line, line]));
    assert.ok(rendered.length > 30);
    for (const line of rendered.slice(1)) {
      const expected = measured.get(line.number);
      if (expected) assert.deepEqual(cells(line), lineProfilerCells(expected), line.text);
      else assert.deepEqual(cells(line), [], line.text);
      assert.equal(line.gutterIcons.length, expected ? 1 : 0, line.text);
    }
    await workbench.screenshot('gutter-lines-dark');
  });

  it('are as wide on every line, so that the code stays aligned', async () => {
    const starts = await workbench.page
      .locator('.editor-group-container.active .view-line > span')
      .evaluateAll((spans) =>
        spans.map((span) => {
          const range = document.createRange();
          const text = document.createTreeWalker(span, NodeFilter.SHOW_TEXT).nextNode();
          if (text) range.selectNode(text);
          return text ? Math.round(range.getBoundingClientRect().left) : undefined;
        }),
      );
    assert.equal(new Set(starts.filter((start) => start !== undefined)).size, 1);
  });

  it('are of the request or of the function, as the command switches', async () => {
    const total = workspace.lines.reduce((sum, { time }) => sum + time, 0);
    const slow = workspace.lines.find(({ line }) => line === 18);
    assert.ok(slow);
    await workbench.command('Hotline: Switch what % Time is of');
    const ofRequest = await lines('% of request', (now) => header(now).endsWith('% of request'));
    assert.equal(cells(at(ofRequest, 18))[3], ((slow.time / total) * 100).toFixed(1));
    await workbench.command('Hotline: Switch what % Time is of');
    const ofFunction = await lines('% of function', (now) => header(now).endsWith('% of function'));
    assert.deepEqual(cells(at(ofFunction, 18)), lineProfilerCells(slow));
  });

  it('are compact or off, as the mode is set', async () => {
    await workbench.setSetting('hotline.gutter.mode', 'compact');
    const compact = await lines('compact timings', (now) => cells(at(now, 18)).length === 1);
    assert.deepEqual(cells(compact[0]), ['%', 'Time']);
    await workbench.setSetting('hotline.gutter.mode', 'off');
    const off = await lines('no timings', (now) => cells(at(now, 18)).length === 0);
    assert.deepEqual(
      off.filter(({ before, after }) => before.length + after.length > 0),
      [],
    );
    await workbench.setSetting('hotline.gutter.mode', undefined);
    await lines('full timings', (now) => cells(at(now, 18)).length === 4);
  });

  it('are told in full by the hover, which leads to the next hottest line', async () => {
    const text = await workbench.editor.hover(18);
    assert.match(text, /% of function\s+% of request/);
    assert.match(text, /2\.0921 ms/);
    assert.match(text, /outer: total 2\.17\d+ ms/);
    await workbench.editor.hoverParts.getByText('Next hottest line').click();
    await poll('the cursor on the next hottest line', async () =>
      (await workbench.editor.cursor())?.line === 15 ? true : undefined,
    );
  });

  it('are gone through by the hot line commands', async () => {
    await workbench.editor.goToLine(1);
    const visited: (number | undefined)[] = [];
    for (const command of ['next', 'next', 'next', 'previous']) {
      const from = (await workbench.editor.cursor())?.line;
      await workbench.command(`Hotline: Go to ${command} hot line`);
      visited.push(
        await poll('the cursor on another line', async () => {
          const line = (await workbench.editor.cursor())?.line;
          return line === from ? undefined : line;
        }),
      );
    }
    assert.deepEqual(visited, [7, 8, 18, 8]);
  });

  it('move with the text while it is edited, and are stale where it was changed until that is undone', async () => {
    const slow = lineProfilerCells(
      workspace.lines.find(({ line }) => line === 18) ?? assert.fail('line 18 was measured'),
    );
    await workbench.editor.goToLine(14);
    await workbench.page.keyboard.type('    x = 1\n');
    const edited = await lines('the marks a line lower', (now) => {
      const isMoved = at(now, 19)?.text.includes('time.sleep') === true;
      return isMoved && isSame(cells(at(now, 19)), slow) && cells(at(now, 14)).length === 0;
    });
    assert.match(header(edited), /^lines\.lprof/, 'no measured line was changed');
    await workbench.editor.goToLine(19);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type('  # slow');
    await lines('one stale line', (now) => /^stale: 1 line changed since/.test(header(now)));
    await workbench.screenshot('gutter-stale-dark');
    await poll('the edits undone', async () => {
      await workbench.page.keyboard.press('Control+z');
      const now = await workbench.editor.lines();
      return at(now, 14)?.text === '    a = inner(10)' ? true : undefined;
    });
    await lines('the mark where it was', (now) => isSame(cells(at(now, 18)), slow));
  });

  it('count the samples of each line of a sampling profiler, those of callees with them', async () => {
    await workbench.openFile('spy_target.py');
    const rendered = await annotate('pyspy.json');
    assert.match(header(rendered), /pyspy\.json.* · Time in ms · .* · sampled$/);
    assert.deepEqual(cells(rendered[0]), ['Samples', 'Time', 'Self', '%', 'Time']);
    const sampled = new Map(workspace.samples.map((line) => [line.line, line]));
    for (const line of rendered.slice(1)) {
      const expected = sampled.get(line.number);
      const shown = cells(line).slice(0, 3);
      assert.deepEqual(shown, expected ? samplerCells(expected) : [], line.text);
    }
  });

  it('show the lines of a callgrind file', async () => {
    await workbench.openFile('work.py');
    const rendered = await annotate('pprofile.out');
    assert.match(header(rendered), / · Time in µs · /);
    const measured = rendered.filter(({ number }) => workspace.pprofile.has(number));
    assert.ok(measured.length > 10);
    for (const line of measured) {
      const [hits, microseconds] = workspace.pprofile.get(line.number) ?? assert.fail();
      const expected = [`${hits}`, microseconds.toFixed(1), (microseconds / hits).toFixed(1)];
      assert.deepEqual(cells(line).slice(0, 3), expected, line.text);
    }
    assert.deepEqual(cells(at(rendered, 3)), [], 'a blank line');
  });

  it('show calls, tottime and cumtime of a pstats profile on def lines, below decorators', async () => {
    await workbench.openFile('views.py');
    const rendered = await annotate('views.prof');
    assert.match(header(rendered), / · % of request · functions only$/);
    assertPstats(rendered, workspace.views);
    const text = await workbench.editor.hover(14);
    assert.match(text, /slow: 6 calls/);
    assert.match(text, /handle|listcomp/);
    assert.match(text, /recorded functions only/);
    await workbench.page.keyboard.press('Escape');
    for (const theme of ['light', 'hc', 'hcLight', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`gutter-functions-${theme}`);
    }
  });

  it('find the file of a Windows path by the end of its path', async () => {
    assertPstats(await annotate('container.prof'), workspace.container);
  });

  it('find the file that a path mapping names, before one with a like path', async () => {
    const mapped = join(workspace.folder, 'deployed/shop/views.py');
    const source = await readFile(join(workspace.folder, 'shop/views.py'), 'utf8');
    await mkdir(join(workspace.folder, 'deployed/shop'), { recursive: true });
    await writeFile(mapped, source.replace('Views of the shop', 'Deployed views'));
    await workbench.setSetting('hotline.pathMappings', [
      { from: 'C:\\srv', to: '${workspaceFolder}/deployed' },
    ]);
    await lines('no timings of the file with a like path', (now) => header(now) === '');
    await workbench.command('View: Close All Editors');
    const rendered = await annotate('container.prof');
    assert.match(at(rendered, 1)?.text ?? '', /Deployed views/);
    assertPstats(rendered, workspace.container);
    await workbench.setSetting('hotline.pathMappings', undefined);
    await workbench.command('View: Close All Editors');
  });

  it('say which lines of a file changed on disk after the profile was taken', async () => {
    const file = join(workspace.folder, 'shop/views.py');
    const source = await readFile(file, 'utf8');
    await annotate('views.prof');
    await writeFile(file, source.replace('def handle(request)', 'def handle(request, page=1)'));
    await lines('a stale line', (now) =>
      /^stale: 1 line changed since · .*views\.prof/.test(header(now)),
    );
  });

  it('lead to the function in the flamegraph', async () => {
    await workbench.editor.goToLine(15);
    await workbench.command('Hotline: Show in flamegraph');
    await new FlamegraphTab(workbench).shows('slow in the sandwich view', ({ view, selected }) =>
      Boolean(view === 'sandwich' && selected?.name.startsWith('slow')),
    );
  });

  it('are taken away', async () => {
    await workbench.openFile('views.py');
    await workbench.command('Hotline: Clear source annotations');
    await lines('no timings', (now) => now.every(({ before }) => before.length === 0));
  });
});

/** Lines of `shop/views.py` on which its functions are defined. */
const DEFINITIONS: Readonly<Record<string, number>> = { fib: 7, slow: 14, handle: 19 };

function assertPstats(rendered: readonly EditorLine[], { total, functions }: Pstats): void {
  for (const [name, line] of Object.entries(DEFINITIONS)) {
    const { calls, primitive, tottime, cumtime } = functions[name] ?? assert.fail(name);
    assert.deepEqual(
      cells(at(rendered, line)),
      [
        calls === primitive ? `${calls}` : `${calls}/${primitive}`,
        (tottime * 1e6).toFixed(1),
        (cumtime * 1e6).toFixed(1),
        ((cumtime / total) * 100).toFixed(1),
      ],
      name,
    );
  }
  assert.deepEqual(cells(at(rendered, 11)), [], 'nothing on the decorator');
}

function lineProfilerCells(line: GutterWorkspace['lines'][number]): string[] {
  const { hits, time, functionTime } = line;
  return [
    `${hits}`,
    (time * 1e6).toFixed(1),
    ((time * 1e6) / hits).toFixed(1),
    ((time / functionTime) * 100).toFixed(1),
  ];
}

/** py-spy took a sample each ten milliseconds. */
function samplerCells({ samples, self }: SampledLine): string[] {
  return [`${samples}`, (samples * 10).toFixed(1), (self * 10).toFixed(1)];
}

function isSame(actual: readonly string[], expected: readonly string[]): boolean {
  return actual.join(' ') === expected.join(' ');
}

function at(rendered: readonly EditorLine[], number: number): EditorLine | undefined {
  return rendered.find((line) => line.number === number);
}

/** What stands in the columns beside a line. */
function cells(line: EditorLine | undefined): string[] {
  return (line?.before ?? []).join(' ').split(' ').filter(Boolean);
}

/** The header beside the first line. */
function header(rendered: readonly EditorLine[]): string {
  return at(rendered, 1)?.after.join('') ?? '';
}
