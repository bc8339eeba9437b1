import type { Frame, Locator } from 'playwright-core';
import type { SpeedscopeInspection } from '../../webview/flamegraph/speedscope';
import { poll } from './harness/poll';
import type { Workbench } from './harness/workbench';

/** Height of a box of speedscope's flamegraphs, and of the axis above them; pixels. */
const ROW_HEIGHT = 20;

/** The flamegraph that is in sight, as far as a user and speedscope's own state tell. */
export class FlamegraphTab {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** What speedscope has loaded and shows; `undefined` while there is no graph in sight. */
  async inspect(): Promise<SpeedscopeInspection | undefined> {
    const frame = await this.#frame();
    if (!(await frame.locator('header.toolbar').isVisible())) return undefined;
    return frame.evaluate(() => window.inspectFlamegraph?.());
  }

  /** Waits for a graph that passes the test. */
  async shows(
    what: string,
    passes: (inspection: SpeedscopeInspection) => boolean,
  ): Promise<SpeedscopeInspection> {
    return poll(what, async () => {
      // A webview that is being replaced answers nothing.
      const inspection = await this.inspect().catch(() => undefined);
      return inspection && passes(inspection) ? inspection : undefined;
    });
  }

  /** Clicks the box in this row of the flamegraph, 0 for the outermost, near its left end. */
  async clickBox(row: number, clicks: 1 | 2 = 1): Promise<void> {
    // Before it is drawn, speedscope does not know what is where.
    await this.drawn();
    const frame = await this.#frame();
    const box = await frame.locator('canvas').last().boundingBox();
    if (!box) throw new Error('The flamegraph is not in sight.');
    const x = box.x + box.width / 3;
    const y = box.y + ROW_HEIGHT * (row + 1.5);
    const { mouse } = this.#workbench.page;
    await mouse.move(x, y, { steps: 4 });
    await mouse.click(x, y, { clickCount: clicks });
  }

  /** Double-clicks a function in the table of the sandwich view. */
  async doubleClickRow(name: string): Promise<void> {
    const frame = await this.#frame();
    await frame.locator('td').getByText(name, { exact: true }).dblclick();
  }

  /** Presses one of speedscope's keys, with the focus in the page. */
  async press(key: string): Promise<void> {
    await (await this.#frame()).locator('header.toolbar').click({ position: { x: 2, y: 2 } });
    // Until VS Code has noticed the focus, it gives keys to the text editor that was active.
    await poll('the flamegraph to be the active editor', async () =>
      (await this.#workbench.editor.isActive()) ? undefined : true,
    );
    await this.#workbench.page.keyboard.press(key);
  }

  /** Searches with speedscope's own search box and goes to the first match. */
  async search(text: string): Promise<void> {
    await this.press('Control+f');
    const box = (await this.#frame()).locator('input[type="text"], input:not([type])').last();
    await box.fill(text);
    await box.press('Enter');
    await box.press('Escape');
  }

  /** A button of the toolbar or of what stands in place of the graph. */
  async button(label: string): Promise<Locator> {
    return (await this.#frame()).locator('vscode-button').filter({ hasText: label });
  }

  /** What stands in place of the graph, once there is something. */
  async message(): Promise<string> {
    return poll('a sentence in place of the graph', async () => {
      const sentence = (await this.#frame()).locator('.message .sentence');
      return (await sentence.isVisible()) ? sentence.innerText() : undefined;
    });
  }

  /** Waits until speedscope has drawn what it shows. */
  async drawn(): Promise<void> {
    const frame = await this.#frame();
    for (let picture = 0; picture < 3; picture++)
      await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }

  /** The colour of speedscope's text, which is how its theme shows. */
  async textColor(): Promise<string> {
    const frame = await this.#frame();
    return frame.evaluate(() => {
      const speedscope = document.body.lastElementChild;
      return speedscope ? getComputedStyle(speedscope).color : '';
    });
  }

  async #frame(): Promise<Frame> {
    return this.#workbench.webviewFrame();
  }
}
