import { lineDataOf } from '../derive/lineCosts';
import { lineTables, type LineRow, type LineTable } from '../derive/lineTables';
import { printedTable, TIMER_UNIT } from '../derive/printedLines';
import type { ExportSource } from './exportSource';
import { commonLosses, laneLosses, lossIf } from './losses';
import { roundingLosses } from './units';
import { ExportError, type Loss, type Writer } from './writer';

/** Digits behind the point that leave no nanosecond of a microsecond out. */
const digits = 3;
const microsecondsPerSecond = 1e6;

/**
 * The text that line_profiler 5 prints (`show_text` in its line_profiler.py), without the contents of
 * the lines: the sources may not be here, or may have changed since.
 */
export const lineProfilerText: Writer = {
  id: 'line-profiler',
  label: 'text as line_profiler prints it',
  extension: '.lines.txt',
  losses(source) {
    const tables = tablesOf(source);
    const rows = tables.flatMap((table) => table.rows);
    const nanoseconds = { name: 'nanoseconds', perUnit: microsecondsPerSecond * 10 ** digits };
    return [
      ...commonLosses(source),
      ...laneLosses(source),
      ...functionLosses(source),
      ...hitLosses(source, rows),
      ...roundingLosses(
        rows.map(({ time }) => time),
        nanoseconds,
      ),
    ];
  },
  write(source) {
    const sections = tablesOf(source).map(section);
    return `${TIMER_UNIT}\n\n${sections.join('\n')}`;
  },
};

function tablesOf({ profile }: ExportSource): LineTable[] {
  if (profile.unit !== 'seconds') {
    throw new ExportError(`The text holds times, and this profile counts ${profile.unit}.`);
  }
  if (lineDataOf(profile) === 'none') {
    throw new ExportError('This profile holds no costs of lines.');
  }
  return lineTables(profile);
}

function section(table: LineTable): string {
  const lines = printedTable(table, 'seconds', { digits }).map(({ text }) => text);
  return [...lines, ''].join('\n');
}

function functionLosses({ profile }: ExportSource): Loss[] {
  return lossIf(
    profile.data.kind !== 'lineTimings',
    'callers',
    'Costs of functions without lines, and who called whom, are left out.',
  );
}

function hitLosses({ profile }: ExportSource, rows: readonly LineRow[]): Loss[] {
  const isSampled = lineDataOf(profile) === 'sampled';
  return [
    ...lossIf(isSampled, 'calls', 'Hits are the numbers of samples at a line.'),
    ...lossIf(
      rows.some(({ hits }) => hits === undefined),
      'calls',
      'Hits that were not counted stand as 0.',
    ),
  ];
}
