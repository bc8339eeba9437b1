import type { Locator, Page } from 'playwright-core';
import { poll } from './poll';

/** The box at the top of the workbench: command palette, quick picks and input boxes. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #widget(): Locator {
    return this.#page.locator('.quick-input-widget:visible');
  }

  get #box(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  #row(label: string): Locator {
    const name = this.#page.locator('.label-name').getByText(label, { exact: true });
    return this.#widget.locator('.quick-input-list .monaco-list-row').filter({ has: name });
  }

  /** What stands in the box; `undefined` when it is closed. */
  async typed(): Promise<string | undefined> {
    if (!(await this.#box.isVisible())) return undefined;
    return this.#box.inputValue({ timeout: 1000 }).catch(() => undefined);
  }

  async isOpen(): Promise<boolean> {
    return this.#widget.isVisible();
  }

  /** Opens it by a key and types a text, again where something else takes the focus just then. */
  async open(key: string, text: string): Promise<void> {
    await poll(`the box that ${key} opens`, async () => {
      await this.#page.keyboard.press(key);
      await this.#box.fill(text, { timeout: 2000 }).catch(() => undefined);
      return (await this.typed()) === text ? true : undefined;
    });
  }

  /** Runs a command by the title that the palette shows, category included. */
  async command(title: string): Promise<void> {
    // The palette lists what it knew when it opened, which lacks extensions that are still loaded.
    await poll(`the command ${title}`, async () => {
      await this.open('F1', `>${title}`);
      try {
        await this.#row(title).first().click({ timeout: 5000 });
        return true;
      } catch {
        await this.#page.keyboard.press('Escape');
        return undefined;
      }
    });
    await poll('the command palette to close', async () =>
      (await this.typed())?.startsWith('>') ? undefined : true,
    );
  }

  /** Titles that the palette offers for what is typed, best first. */
  async commandsFor(typed: string): Promise<string[]> {
    await this.open('F1', `>${typed}`);
    await this.#widget.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const items = await this.items();
    await this.cancel();
    return items;
  }

  /** Chooses the item of an open quick pick whose label is exactly this. */
  async pick(label: string): Promise<void> {
    await this.#row(label).first().click();
  }

  /** Labels of the items of an open quick pick, from the top. */
  async items(): Promise<string[]> {
    await this.#widget.waitFor();
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    // A description below the label is a label of its own.
    return rows.evaluateAll((elements) =>
      elements.map((element) => element.querySelector('.label-name')?.textContent ?? ''),
    );
  }

  /** Writes into an open input box and confirms. */
  async enter(text: string): Promise<void> {
    await this.#box.fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Closes it without a choice. */
  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#widget.waitFor({ state: 'hidden' });
  }
}
