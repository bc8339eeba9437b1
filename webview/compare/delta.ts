import type { Delta } from '../../src/protocol/comparison';

/** By how much a cost changed; NaN where either side does not tell it. */
export function changeOf({ before, after }: Delta): number {
  return before === undefined || after === undefined ? NaN : after - before;
}

/** The change as a share of what was before; NaN where that is 0 or unknown. */
export function relativeChangeOf(delta: Delta): number {
  return delta.before === 0 ? NaN : changeOf(delta) / (delta.before ?? NaN);
}
