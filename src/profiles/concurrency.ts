/** Runs an action for every item, at most `limit` at a time. Rejects with the first failure. */
export async function forEachLimited<T>(
  items: Iterable<T>,
  limit: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = remaining.next(); !next.done; next = remaining.next()) await action(next.value);
  };
  await Promise.all(Array.from({ length: limit }, lane));
}

/** Lets the event loop do what else is waiting. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
