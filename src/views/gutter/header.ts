import type { Annotations } from '../../core/derive/annotations';
import type { TimingTable } from './columns';

const LONGEST_TITLE = 60;

/** What the percent column is of, for people. */
export function percentText({ base }: Pick<TimingTable, 'base'>): string {
  return `% of ${base}`;
}

/** The unit of the cost columns, for people. */
export function unitText({ unit }: Pick<TimingTable, 'unit'>): string {
  return unit.label === '' ? unit.title : `${unit.title} in ${unit.label}`;
}

/** The header beside a file's first line: whose costs these are, their unit, their base, their flaws. */
export function headerText(
  title: string,
  table: Pick<TimingTable, 'unit' | 'base'>,
  lineData: Annotations['lineData'],
  stale: boolean,
): string {
  const parts = [shortTitle(title, LONGEST_TITLE), unitText(table), percentText(table)];
  if (lineData === 'sampled') parts.push('sampled');
  if (lineData === 'none') parts.push('functions only');
  // First, as the end of a long header may be out of sight.
  if (stale) parts.unshift('stale: file changed since');
  return parts.join(' · ');
}

/** A title on one line, without control characters, cut off where it is too long. */
export function shortTitle(title: string, longest: number): string {
  const characters = Array.from(title.replace(/\p{C}+|\s+/gu, ' ').trim());
  return characters.length <= longest
    ? characters.join('')
    : `${characters.slice(0, longest - 1).join('')}…`;
}
