import type { Unit } from '../core/model/profile';
import { pushInteger, takeInteger } from './packedIntegers';

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
    pushInteger(bytes, func - before);
    pushInteger(bytes, own);
    pushInteger(bytes, all - own);
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
    func += takeInteger(cursor);
    const own = takeInteger(cursor);
    const all = own + takeInteger(cursor);
    visit(func, own * QUANTUM[unit], all * QUANTUM[unit]);
  }
}
