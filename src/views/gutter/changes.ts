import { changeOf, relativeChangeOf, type Delta } from '../../core/derive/comparison/delta';
import type { Unit } from '../../core/model/profile';
import { formatCost } from './numbers';

/** A real minus: as wide as the plus, and read out by screen readers. */
const MINUS = '−';

/** From this share on a relative change is told as a factor. */
const LEAST_FACTOR = 10;

/** A printed size of a change with its sign; none where nothing changed. */
export function signed(change: number, size: string): string {
  if (change === 0) return size;
  return (change > 0 ? '+' : MINUS) + size;
}

/** A relative change: `+45 %`, `−3.2 %`, `×12`; blank where it is unknown. */
export function relativeText(delta: Delta): string {
  const share = relativeChangeOf(delta);
  if (share === undefined) return '';
  if (share >= LEAST_FACTOR) return `×${Number((share + 1).toPrecision(3))}`;
  return signed(share, `${Number(Math.abs(share * 100).toPrecision(2))} %`);
}

/** A change for a sentence: `+12.3 ms (+45 %)`; blank where it is unknown. */
export function changeText(delta: Delta, unit: Unit): string {
  const change = changeOf(delta);
  if (change === undefined) return '';
  const relative = relativeText(delta);
  const text = signed(change, formatCost(Math.abs(change), unit));
  return relative === '' ? text : `${text} (${relative})`;
}
