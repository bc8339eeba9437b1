import type { Locator, Page } from 'playwright-core';
import { poll } from './poll';
import { QuickInput } from './quickInput';

/** A line of the active text editor as it is rendered. */
export interface EditorLine {
  /** 1-based. */
  readonly number: number;
  /** The line's own text, decorations left out. */
  readonly text: string;
  /** Text that decorations put before and after parts of the line, from left to right. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Images in the glyph margin, as CSS. */
  readonly gutterIcons: readonly string[];
  readonly background: string;
}

/** Reads the active text editor. Only lines in sight are rendered. */
export class EditorView {
  readonly #page: Page;
  readonly #quickInput: QuickInput;

  constructor(page: Page) {
    this.#page = page;
    this.#quickInput = new QuickInput(page);
  }

  get #editor(): Locator {
    return this.#page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Whether the active editor is one of text. */
  async isActive(): Promise<boolean> {
    return this.#editor.isVisible();
  }

  /** The rendered lines from the top; none while no text editor is active. */
  async lines(): Promise<EditorLine[]> {
    if (!(await this.isActive())) return [];
    return this.#editor.evaluate(readLines);
  }

  /** Where the cursor is, 1-based; from the status bar. */
  async cursor(): Promise<{ line: number; column: number } | undefined> {
    const text = await this.#page.locator('#status\\.editor\\.selection').innerText();
    const found = /Ln (\d+), Col (\d+)/.exec(text);
    return found ? { line: Number(found[1]), column: Number(found[2]) } : undefined;
  }

  /** Moves the cursor to the start of a line, 1-based, and scrolls it into sight. */
  async goToLine(line: number): Promise<void> {
    await poll(`the cursor on line ${line}`, async () => {
      await this.#quickInput.open('Control+g', `:${line}`);
      await this.#page.keyboard.press('Enter');
      // The cursor previews the line before Enter is taken, so it alone says nothing.
      const arrived = async (): Promise<true | undefined> =>
        !(await this.#quickInput.isOpen()) && (await this.cursor())?.line === line
          ? true
          : undefined;
      return poll('the cursor', arrived, 3000).catch(() => undefined);
    });
  }

  /** Shows what hovering over the start of a line shows, by the keyboard, and returns its text. */
  async hover(line: number): Promise<string> {
    await this.goToLine(line);
    await this.#page.keyboard.press('Control+k');
    await this.#page.keyboard.press('Control+i');
    const parts = this.hoverParts;
    await parts.first().waitFor();
    return (await parts.allInnerTexts()).join('\n');
  }

  /** The parts of the editor's hover in sight, with their links; the workbench's tooltips are others. */
  get hoverParts(): Locator {
    return this.#page.locator('.monaco-hover:visible:not(.workbench-hover) .hover-contents');
  }
}

/** Runs in the page, so it can use nothing from outside itself. */
function readLines(editor: HTMLElement | SVGElement): EditorLine[] {
  const topOf = (element: Element): number =>
    element instanceof HTMLElement ? Number.parseFloat(element.style.top) : Number.NaN;
  const contentOf = (element: Element, side: '::before' | '::after'): string => {
    const { content } = getComputedStyle(element, side);
    return /^".*"$/s.test(content)
      ? content
          .slice(1, -1)
          .replace(/\\(.)/gs, '$1')
          .replace(/\u00a0/g, ' ')
      : '';
  };
  const sideTexts = (line: Element, side: '::before' | '::after'): string[] =>
    [...line.querySelectorAll('span')].map((span) => contentOf(span, side)).filter(Boolean);

  const numberAt = new Map<number, number>();
  for (const overlay of editor.querySelectorAll('.margin-view-overlays > div')) {
    const number = overlay.querySelector('.line-numbers')?.textContent;
    if (number) numberAt.set(topOf(overlay), Number(number));
  }
  const glyphs = [...editor.querySelectorAll('.glyph-margin-widgets > *')];
  return [...editor.querySelectorAll('.view-lines > .view-line')]
    .map((line) => {
      const top = topOf(line);
      return {
        number: numberAt.get(top) ?? 0,
        text: line.textContent.replace(/\u00a0/g, ' '),
        before: sideTexts(line, '::before'),
        after: sideTexts(line, '::after'),
        gutterIcons: glyphs
          .filter((glyph) => topOf(glyph) === top)
          .map((glyph) => getComputedStyle(glyph).backgroundImage),
        background: getComputedStyle(line).backgroundColor,
      };
    })
    .filter(({ number }) => number > 0)
    .sort((a, b) => a.number - b.number);
}
