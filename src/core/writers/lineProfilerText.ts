import { lineDataOf } from '../derive/lineCosts';
import type { ExportSource } from './exportSource';
import { printable } from './functionNames';
import { lineTables, type LineRow, type LineTable } from './lineProfilerText/tables';
import { commonLosses, laneLosses, lossIf } from './losses';
import { roundingLosses } from './units';
import { ExportError, type Loss, type Writer } from './writer';

/** What line_profiler prints times in, and how many digits behind the point leave no nanosecond out. */
const microsecondsPerSecond = 1e6;
const digits = 3;

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
    return `Timer unit: 1e-06 s\n\n${sections.join('\n')}`;
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

function section({ name, file, firstLine, rows }: LineTable): string {
  const total = rows.reduce((sum, { time }) => sum + time, 0);
  const header = tableRow('Line #', 'Hits', 'Time', 'Per Hit', '% Time', 'Line Contents');
  return [
    `Total time: ${total} s`,
    `File: ${printable(file)}`,
    `Function: ${printable(name) || '(no name)'} at line ${firstLine}`,
    '',
    header,
    '='.repeat(header.length),
    ...rows.map((row) => rowText(row, total)),
    '',
  ].join('\n');
}

function rowText({ line, hits = 0, time }: LineRow, total: number): string {
  const microseconds = time * microsecondsPerSecond;
  return tableRow(
    String(line),
    String(hits),
    decimal(microseconds),
    decimal(hits > 0 ? microseconds / hits : 0),
    (total > 0 ? (100 * time) / total : 0).toFixed(1),
    '',
  );
}

/** A number with as many digits behind the point as it needs, at least one. */
function decimal(value: number): string {
  return value.toFixed(digits).replace(/0{1,2}$/, '');
}

/** line_profiler's columns, which a wider number makes wider. */
function tableRow(
  line: string,
  hits: string,
  time: string,
  perHit: string,
  share: string,
  contents: string,
): string {
  const cells = [
    line.padStart(6),
    hits.padStart(9),
    time.padStart(12),
    perHit.padStart(8),
    share.padStart(8),
  ];
  return `${cells.join(' ')}  ${contents}`.trimEnd();
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
