import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { cache } from '../../../tools/paths.mjs';
import { launchBrowser, openPage } from './browser';
import { CodeServer, type UserSettings } from './codeServer';
import { EditorView } from './editor';
import { PATIENCE_MS, poll } from './poll';
import { QuickInput } from './quickInput';
import { TreeView } from './tree';
import { vsixUnderTest } from './vsix';

const THEMES = {
  light: { name: 'Light Modern', bodyClass: 'vs' },
  dark: { name: 'Dark Modern', bodyClass: 'vs-dark' },
  hc: { name: 'Default High Contrast', bodyClass: 'hc-black' },
  hcLight: { name: 'Default High Contrast Light', bodyClass: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;

export interface WorkbenchOptions {
  /** The folder to open. */
  readonly workspace: string;
  /** User settings beside those that keep the workbench quiet. */
  readonly settings?: UserSettings;
  /** The extension to install; else that of the environment, else one that is packed now. */
  readonly vsix?: string;
  /** Further extensions to install. */
  readonly extensions?: readonly string[];
}

export interface PictureOptions {
  readonly folder?: string | undefined;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** A real VS Code with the packed extension installed, in a real browser. */
export class Workbench {
  readonly page: Page;
  readonly server: CodeServer;
  readonly quickInput: QuickInput;
  readonly editor: EditorView;
  readonly #browser: Browser;

  private constructor(server: CodeServer, browser: Browser, page: Page) {
    this.server = server;
    this.#browser = browser;
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.editor = new EditorView(page);
  }

  /** Starts everything and waits until the workbench shows the folder. */
  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const vsix = options.vsix ?? (await vsixUnderTest());
    const extensions = [vsix, ...(options.extensions ?? [])];
    const server = await CodeServer.start(extensions, options.settings);
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const page = await openPage(browser);
      page.setDefaultTimeout(PATIENCE_MS);
      const workbench = new Workbench(server, browser, page);
      await page.goto(server.url(options.workspace));
      await workbench.#ready();
      return workbench;
    } catch (error) {
      await browser?.close();
      await server.dispose();
      throw error;
    }
  }

  /** The Profiles tree of the extension. */
  get profiles(): TreeView {
    return new TreeView(this.page, 'Profiles');
  }

  /** Shows the extension's container in the side bar, by its icon in the activity bar. */
  async showProfiles(): Promise<void> {
    const icon = this.page.locator('.activitybar .action-label[aria-label^="Hotline"]');
    const chosen = this.page.locator('.activitybar .action-item.checked').filter({ has: icon });
    await icon.waitFor();
    // A window that is being restored may show the container itself; then a click would hide it.
    await poll('the Profiles view', async () => {
      if (await this.profiles.pane.isVisible()) return true;
      if (!(await chosen.isVisible())) await icon.click();
      return undefined;
    });
  }

  /** Drags the right edge of the side bar to this distance from the left of the window, in pixels. */
  async dragSideBar(x: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (!box) throw new Error('The side bar is not in sight.');
    const { mouse } = this.page;
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width, y);
    await mouse.down();
    await mouse.move(x, y, { steps: 5 });
    await mouse.up();
  }

  /** Runs a command by its title in the palette, for example `Hotline: Show log`. */
  async command(title: string): Promise<void> {
    await this.quickInput.command(title);
  }

  /** Opens a file of the workspace by its name, as *Go to File* does. */
  async openFile(name: string): Promise<void> {
    const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
    // Its list may change under the mouse while the search goes on.
    await poll(`${name} in a tab`, async () => {
      await this.quickInput.open('Control+p', name);
      await this.quickInput.pick(name);
      return tab.waitFor({ timeout: 5000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** Changes a setting; `undefined` restores what the start was given, or the default. */
  async setSetting(name: string, value: unknown): Promise<void> {
    await this.server.changeSettings({ [name]: value });
  }

  /** Switches the colour theme and waits until the workbench wears it. */
  async setTheme(theme: Theme): Promise<void> {
    const { name, bodyClass } = THEMES[theme];
    await this.setSetting('workbench.colorTheme', name);
    await this.page.locator(`.monaco-workbench.${bodyClass}`).waitFor();
  }

  /** Titles of the editor tabs from left to right, with the one that the keyboard is in. */
  async tabs(): Promise<{ title: string; active: boolean; preview: boolean }[]> {
    return this.page.locator('.tabs-container .tab').evaluateAll((tabs) =>
      tabs.map((tab) => ({
        title: ['name', 'suffix']
          .map((part) => tab.querySelector(`.monaco-icon-${part}-container`)?.textContent ?? '')
          .join(''),
        active: tab.matches('.editor-group-container.active .tab.active'),
        preview: tab.querySelector('.label-name')?.closest('.italic') !== null,
      })),
    );
  }

  /** The document inside a visible webview of an extension, ours unless said, once it is there. */
  async webviewFrame(extension = 'hotline.hotline'): Promise<Frame> {
    return poll(`a visible webview of ${extension}`, async () => {
      for (const outer of await this.page.locator('iframe.webview').all()) {
        const source = await outer.getAttribute('src');
        if (!source?.includes(extension) || !(await outer.isVisible())) continue;
        const shell = await (await outer.elementHandle()).contentFrame();
        const inner = await (await shell?.$('#active-frame'))?.contentFrame();
        if (inner) return inner;
      }
      return undefined;
    });
  }

  /** Texts of the notifications in sight. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Waits for a modal dialog, presses one of its buttons and returns what it asked. */
  async answerDialog(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    const question = await dialog.innerText();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    return question;
  }

  /** Texts of the status bar's items. */
  async statusItems(): Promise<string[]> {
    return this.page.locator('.statusbar-item').allInnerTexts();
  }

  /** Saves what is in sight, or the part of it from the top left corner, as a picture. */
  async screenshot(
    name: string,
    { folder = join(cache, 'screenshots'), size }: PictureOptions = {},
  ): Promise<void> {
    await mkdir(folder, { recursive: true });
    const part = size && { clip: { x: 0, y: 0, ...size } };
    await this.page.screenshot({ path: join(folder, `${name}.png`), ...part });
  }

  /** Loads the window anew; unlike a reload of the browser's, it first saves the window's state. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.#ready();
  }

  /** What the extension has logged. */
  async extensionLog(): Promise<string> {
    return this.server.extensionLog();
  }

  /** Ends the browser and the server with everything it started. */
  async dispose(): Promise<void> {
    await this.#browser.close();
    await this.server.dispose();
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor();
    await this.page.locator('.statusbar-item').first().waitFor();
  }
}
