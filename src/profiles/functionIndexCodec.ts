import type { Unit } from '../core/model/profile';

/** What one function cost in one profile, in the profile's unit. */
export interface IndexedCost {
  /** Number of the function within its session. */
  readonly func: number;
  readonly self: number;
  readonly total: number;
}

/** What costs are rounded to: a tenth of a microsecond, as cProfile's clock ticks on Windows. */
const QUANTUM: Readonly<Record<Unit, number>> = {
  seconds: 1e-7,
  samples: 1e-3,
  bytes: 1,
  events: 1e-3,
};

/** Numbers of more bits than this are no longer exact. */
const MOST_DIGITS = 8;

/**
 * Packs the costs of a profile's functions: for each, ascending by number, the distance from the
 * number before it, the self cost, and what the total is more; each as a variable-length integer,
 * seven bits a byte, the lowest first. About six bytes a function of a real request.
 */
export function encodeCosts(costs: readonly IndexedCost[], unit: Unit): Buffer {
  const bytes: number[] = [];
  let before = 0;
  for (const { func, self, total } of [...costs].sort((a, b) => a.func - b.func)) {
    const own = Math.max(0, Math.round(self / QUANTUM[unit]));
    const all = Math.max(own, Math.round(total / QUANTUM[unit]));
    push(bytes, func - before);
    push(bytes, own);
    push(bytes, all - own);
    before = func;
  }
  return Buffer.from(bytes);
}

/**
 * Visits the costs as they were packed, rounded.
 * @throws RangeError when the bytes are cut off or were never packed
 */
export function decodeCosts(
  bytes: Uint8Array,
  unit: Unit,
  visit: (func: number, self: number, total: number) => void,
): void {
  const cursor = { bytes, at: 0 };
  let func = 0;
  while (cursor.at < bytes.length) {
    func += take(cursor);
    const own = take(cursor);
    const all = own + take(cursor);
    visit(func, own * QUANTUM[unit], all * QUANTUM[unit]);
  }
}

function push(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push(128 + (rest % 128));
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function take(cursor: { readonly bytes: Uint8Array; at: number }): number {
  let value = 0;
  let scale = 1;
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) break;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  throw new RangeError('The costs are cut off.');
}
