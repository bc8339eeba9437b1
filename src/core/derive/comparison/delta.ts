/** One quantity on both sides, per request; `undefined` where a side does not tell it. */
export interface Delta {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** By how much it changed: after less before; `undefined` where either is unknown. */
export function changeOf({ before, after }: Delta): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

/** The change as a share of what was before; `undefined` where that is 0 or unknown. */
export function relativeChangeOf(delta: Delta): number | undefined {
  const change = changeOf(delta);
  const { before = 0 } = delta;
  return change === undefined || before === 0 ? undefined : change / before;
}
