import type { Locator, Page } from 'playwright-core';
import { poll } from './poll';

/** What a selected text lets be done with it; a tree of VS Code takes only what it may move. */
const COPY_LINK_OR_MOVE = 1 | 2 | 16;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Drags something with the mouse as a person does: over an icon of the activity bar until that has
 * brought its view to the front, and then onto the view.
 */
export async function dragOnto(from: Locator, icon: Locator, view: Locator): Promise<void> {
  const { mouse } = from.page();
  const start = await middleOf(from);
  await mouse.move(start.x, start.y);
  await mouse.down();
  // The first few pixels make a drag of a press.
  await mouse.move(start.x + 8, start.y + 4, { steps: 4 });
  const way = await middleOf(icon);
  await mouse.move(way.x, way.y, { steps: 8 });
  await poll('the view that the drag is for', async () => {
    await hover(from.page(), way);
    return (await view.isVisible()) ? true : undefined;
  });
  const end = await middleOf(view);
  await mouse.move(end.x, end.y, { steps: 8 });
  await hover(from.page(), end);
  await mouse.up();
}

/** Drops text from outside the window onto something, by the browser's own drag events. */
export async function dropText(text: string, onto: Locator): Promise<void> {
  const page = onto.page();
  const devTools = await page.context().newCDPSession(page);
  const items = [{ mimeType: 'text/plain', data: text }];
  const data = { items, dragOperationsMask: COPY_LINK_OR_MOVE };
  const { x, y } = await middleOf(onto);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devTools.send('Input.dispatchDragEvent', { type, x, y, data });
  await devTools.detach();
}

/** What is under the pointer learns of a drag only while that moves. */
async function hover(page: Page, { x, y }: Point): Promise<void> {
  for (const step of [1, 0, 1, 0]) await page.mouse.move(x + step, y);
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('What is to be dragged, or dragged to, is not in sight.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
