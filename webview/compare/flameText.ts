import type { Delta, FunctionDelta, Unit } from '../../src/protocol/comparison';
import { formatPlace } from '../table/format';
import { changeOf } from './delta';
import { formatChange, formatDelta } from './format';
import { placeOf } from './functionPlace';

/** What stands in a box: a sign that needs no colour, the name, and the change of self cost. */
export function boxText({ name, before, after }: FunctionDelta, self: Delta, unit: Unit): string {
  const change = changeOf(self);
  const isCompared = before !== undefined && after !== undefined;
  const mark = isCompared ? '' : before ? ' (gone)' : after ? ' (new)' : '';
  if (change === 0 || Number.isNaN(change)) return name + mark;
  return `${change > 0 ? '▲' : '▼'} ${name}${mark} ${formatChange(change, unit)}`;
}

/** The lines of a box's tooltip, which a screen reader says too. */
export function spokenBox(func: FunctionDelta, self: Delta, total: Delta, unit: Unit): string[] {
  const { file, line } = placeOf(func);
  const place = formatPlace(file, line ?? 0);
  return [
    place === '' ? func.name : `${func.name} (${place})`,
    `Self: ${formatDelta(self, unit)}`,
    `Total: ${formatDelta(total, unit)}`,
  ];
}
