import type { Annotations } from '../../core/derive/annotations';
import { ESTIMATED_MARK } from './columnKinds';
import type { TimingTable } from './columns';
import type { Measured } from './measured';

const LONGEST_TITLE = 60;

/** What the percent column is of, for people. */
export function percentText({ base }: Pick<TimingTable, 'base'>): string {
  return `% of ${base}`;
}

/** The unit of the cost columns, for people. */
export function unitText({ unit }: Pick<TimingTable, 'unit'>): string {
  return unit.label === '' ? unit.title : `${unit.title} in ${unit.label}`;
}

/**
 * The header beside a file's first line: whose costs these are, their unit, their base, their flaws.
 *
 * @param rows those of the file
 * @param isFileStale whether any of its lines may have changed
 */
export function headerText(
  title: string,
  table: Pick<TimingTable, 'unit' | 'base'>,
  { lineData, metric }: Pick<Annotations, 'lineData' | 'metric'>,
  rows: readonly (Pick<Measured, 'measured'> & { readonly stale: boolean })[],
  isFileStale: boolean,
): string {
  const parts = [
    shortTitle(title, LONGEST_TITLE),
    ...(metric === undefined ? [] : [shortTitle(metric, LONGEST_TITLE)]),
    unitText(table),
    percentText(table),
  ];
  if (lineData === 'none') parts.push('functions only');
  if (rows.some(({ measured }) => measured === 'sampled')) parts.push('sampled');
  if (rows.some(({ measured }) => measured === 'estimated')) {
    parts.push(`${ESTIMATED_MARK} estimated`);
  }
  // First, as the end of a long header may be out of sight.
  const stale = staleText(rows, isFileStale);
  if (stale !== undefined) parts.unshift(stale);
  return parts.join(' · ');
}

/** What of a file's costs is out of date, if anything is. */
export function staleText(
  rows: readonly { readonly stale: boolean }[],
  isFileStale: boolean,
): string | undefined {
  if (isFileStale) return 'stale: file changed since';
  const count = rows.filter(({ stale }) => stale).length;
  if (count === 0) return undefined;
  return `stale: ${count} ${count === 1 ? 'line' : 'lines'} changed since`;
}

/** A title on one line, without control characters, cut off where it is too long. */
export function shortTitle(title: string, longest: number): string {
  const characters = Array.from(title.replace(/\p{C}+|\s+/gu, ' ').trim());
  return characters.length <= longest
    ? characters.join('')
    : `${characters.slice(0, longest - 1).join('')}…`;
}
