import { setTimeout as sleep } from 'node:timers/promises';

/** How often, and for how long, the selection is looked at again. */
const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 2_000;

/**
 * The row whose command runs. Tree items name commands without arguments: VS Code would keep those
 * only until the row is refreshed, and a click at that moment would fail. A click selects the row
 * first; while a view asks for all of its rows again it knows none of them for a moment.
 *
 * @returns `undefined` where no row comes back
 */
export async function clickedRow<Row>(view: {
  readonly selection: readonly Row[];
}): Promise<Row | undefined> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_AGAIN_MS) {
    const [row] = view.selection;
    if (row !== undefined) return row;
    await sleep(LOOK_AGAIN_MS);
  }
  return undefined;
}
