/** How often something that tells nobody is looked at; milliseconds. */
const LOOK_EVERY_MS = 10;

/** A frame that a hidden page never draws is not waited for longer than this; milliseconds. */
const FRAME_TIMEOUT_MS = 100;

/** The first result of `look` that is not `undefined`, or `undefined` when the time is up. */
export async function until<T>(
  timeoutMs: number,
  look: () => T | undefined,
): Promise<T | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found !== undefined || performance.now() > end) return found;
    await delay(LOOK_EVERY_MS);
  }
}

/** Ends when components were rendered with what changed before. */
export function rendered(): Promise<void> {
  return delay(0);
}

/** Ends when the page was drawn, with what changed before. */
export async function drawn(): Promise<void> {
  // The first frame draws what is there now; in the second, that has been done.
  for (let frame = 0; frame < 2; frame++)
    await Promise.race([new Promise(requestAnimationFrame), delay(FRAME_TIMEOUT_MS)]);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
