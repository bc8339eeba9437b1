import { changeOf, type Delta } from '../../core/derive/comparison/delta';
import type { FunctionDelta } from '../../core/derive/comparison/comparison';
import type { LineDelta } from '../../core/derive/comparison/lineDeltas';
import type { Unit } from '../../core/model/profile';
import { escapeMarkdown } from '../../platform/markdown';
import { changeText, signed } from './changes';
import { markdownTable } from './markdownTable';
import { formatCost, formatCount } from './numbers';

type Row = readonly [title: string, before: string, after: string, change: string];

/** Markdown of what a line cost a request on both sides. */
export function lineChanges({ hits, self, time }: LineDelta, title: string, unit: Unit): string {
  return table([
    ...countRow('Hits', hits),
    ...costRow(title, time, unit),
    ...costRow('Self', self, unit),
  ]);
}

/** Markdown of what a function cost a request on both sides. */
export function functionChanges(delta: FunctionDelta, unit: Unit): string {
  const { name, before, calls, self, total, isBeyondSpread } = delta;
  const marks = [
    ...(before ? [] : ['new']),
    ...(isBeyondSpread === undefined
      ? []
      : [isBeyondSpread ? 'beyond the spread of requests' : 'within the spread of requests']),
  ];
  const heading = `**${escapeMarkdown(name)}**${marks.length === 0 ? '' : `: ${marks.join(', ')}`}`;
  const rows = [
    ...countRow('Calls', calls),
    ...costRow('Self', self, unit),
    ...costRow('Total', total, unit),
  ];
  return `${heading}\n\n${table(rows)}`;
}

function table(rows: readonly Row[]): string {
  return markdownTable(['', 'Before', 'After', 'Change'], rows);
}

function costRow(title: string, delta: Delta, unit: Unit): Row[] {
  const side = (cost: number | undefined): string =>
    cost === undefined ? 'unknown' : formatCost(cost, unit);
  if (delta.before === undefined && delta.after === undefined) return [];
  return [[title, side(delta.before), side(delta.after), changeText(delta, unit)]];
}

function countRow(title: string, delta: Delta): Row[] {
  const side = (count: number | undefined): string =>
    count === undefined ? 'unknown' : formatCount(count);
  if (delta.before === undefined && delta.after === undefined) return [];
  const change = changeOf(delta);
  const text = change === undefined ? '' : signed(change, formatCount(Math.abs(change)));
  return [[title, side(delta.before), side(delta.after), text]];
}
