import type { Locator, Page } from 'playwright-core';
import { poll } from './poll';

/** Looks without a change after which a tree is at rest. */
const LOOKS_AT_REST = 5;

/** What a row of a tree view shows and tells a screen reader. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly ariaLabel: string;
  /** 1 for the rows of the top level. */
  readonly level: number;
  /** `undefined` for a row that has no children. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** Classes of the icon, for example `codicon-warning`. */
  readonly iconClass: string;
  /** The icon's colour or image as the browser computed them. */
  readonly iconColor: string;
  readonly iconImage: string;
}

/** A tree view in the side bar. The workbench renders only the rows that fit into it. */
export class TreeView {
  readonly #pane: Locator;

  /** @param name the view's name as its header shows it */
  constructor(page: Page, name: string) {
    // A view's description stands between its name and `Section`.
    const header = page.locator(`.pane-header[aria-label^="${name} "][aria-label$=" Section"]`);
    this.#pane = page.locator('.pane').filter({ has: header });
  }

  /** The view itself, welcome view included. */
  get pane(): Locator {
    return this.#pane;
  }

  /** The first row whose text contains this. */
  row(text: string): Locator {
    return this.#pane.locator('.monaco-list-row').filter({ hasText: text }).first();
  }

  /** Clicks the first row with this text. */
  async click(text: string): Promise<void> {
    await this.#atRest(text);
    await this.row(text).click();
  }

  /** The rendered rows from the top. */
  async rows(): Promise<TreeRow[]> {
    return this.#pane.locator('.monaco-list-row').evaluateAll((elements) => {
      const indexOf = (element: Element): number => Number(element.getAttribute('data-index'));
      return elements
        .sort((a, b) => indexOf(a) - indexOf(b))
        .map((element) => {
          const text = (selector: string): string =>
            element.querySelector(selector)?.textContent ?? '';
          const icon = element.querySelector('.custom-view-tree-node-item-icon');
          const style = icon ? getComputedStyle(icon) : undefined;
          const expanded = element.getAttribute('aria-expanded');
          return {
            label: text('.label-name'),
            description: text('.label-description'),
            ariaLabel: element.getAttribute('aria-label') ?? '',
            level: Number(element.getAttribute('aria-level')),
            expanded: expanded === null ? undefined : expanded === 'true',
            selected: element.getAttribute('aria-selected') === 'true',
            iconClass: icon?.className ?? '',
            iconColor: style?.color ?? '',
            iconImage: style?.backgroundImage ?? '',
          };
        });
    });
  }

  /** Presses a button of the view's title bar by its label. */
  async titleAction(label: string): Promise<void> {
    await this.#pane.hover();
    await this.#pane.page().getByRole('button', { name: label, exact: true }).first().click();
  }

  /** Opens the context menu of the first row with this text and runs one of its actions. */
  async rowAction(text: string, label: string): Promise<void> {
    const page = this.#pane.page();
    const menu = page.locator('.monaco-menu');
    // An item's name for screen readers includes its key binding, that of its label does not.
    const item = menu.locator(`.action-label[aria-label="${label}"]`);
    await this.#atRest(text);
    await poll(`${label} in the menu of ${text}`, async () => {
      await this.row(text).click({ button: 'right' });
      const shown = await item.waitFor({ timeout: 3000 }).catch((error: unknown) => error);
      if (shown === undefined) return true;
      await page.keyboard.press('Escape');
      return undefined;
    });
    // A menu ignores the mouse for a moment after it opens.
    await poll(`the menu of ${text} to close`, async () => {
      if (!(await menu.isVisible())) return true;
      await item.click({ timeout: 3000 }).catch(() => undefined);
      return undefined;
    });
  }

  /**
   * Waits for the row with this text until all rows stay where they are: a row without a duration in
   * its name moves when its file is read, even under the mouse.
   */
  async #atRest(text: string): Promise<void> {
    await this.row(text).waitFor();
    let before: string[] = [];
    let looks = 0;
    await poll('the rows to stay', async () => {
      const now = (await this.rows()).map(({ label }) => label);
      looks = now.join('\n') === before.join('\n') ? looks + 1 : 0;
      before = now;
      return looks >= LOOKS_AT_REST ? true : undefined;
    });
  }
}
