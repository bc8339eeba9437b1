import type { Unit } from '../model/profile';
import { printable } from '../text';
import { totalOf, type LineRow, type LineTable } from './lineTables';

/** How line_profiler prints costs of a unit: it knows times only, in microseconds. */
interface PrintedUnit {
  /** Heading of the columns. */
  readonly title: string;
  /** Behind the sum in `Total time: 0.5 s`. */
  readonly label: string;
  /** Of what is printed in one of the profile's unit. */
  readonly perUnit: number;
}

const UNITS: Readonly<Record<Unit, PrintedUnit>> = {
  seconds: { title: 'Time', label: ' s', perUnit: 1e6 },
  bytes: { title: 'Bytes', label: '', perUnit: 1 },
  samples: { title: 'Weight', label: '', perUnit: 1 },
  events: { title: 'Events', label: '', perUnit: 1 },
};

/** A line of a printed table, and the line of the source that it tells of. */
export interface PrintedLine {
  readonly text: string;
  /** 1-based. */
  readonly source?: number;
}

/** How a table is printed. */
export interface PrintOptions {
  /** The most digits behind the point; line_profiler prints one. */
  readonly digits: number;
  /**
   * The function's lines from its first to its last one; without it, the lines that cost something
   * are printed without their text.
   */
  readonly contents?: readonly string[] | undefined;
}

/** Digits of a sum that are not of its rounding. */
const SUM_DIGITS = 12;

/** The line above all tables that tells their unit. */
export const TIMER_UNIT = 'Timer unit: 1e-06 s';

/** The table of one function, or template, as line_profiler 5 prints it (`show_func` in its line_profiler.py). */
export function printedTable(
  table: LineTable,
  unit: Unit,
  { digits, contents }: PrintOptions,
): PrintedLine[] {
  const { name, file, firstLine, rows } = table;
  const { title, label, perUnit } = UNITS[unit];
  const total = totalOf(table);
  const costs = new Map(
    rows.map((row) => [
      row.line,
      costCells({ ...row, time: row.time * perUnit }, total * perUnit, digits),
    ]),
  );
  const lines = contents?.map((_, index) => firstLine + index) ?? [...costs.keys()];
  const func = `Function: ${printable(name ?? '') || '(no name)'} at line ${firstLine}`;
  const header = tableRow('Line #', 'Hits', title, 'Per Hit', `% ${title}`, 'Line Contents');
  return [
    { text: `Total ${title.toLowerCase()}: ${Number(total.toPrecision(SUM_DIGITS))}${label}` },
    { text: `File: ${printable(file)}`, source: firstLine },
    ...(name === undefined ? [] : [{ text: func, source: firstLine }]),
    { text: '' },
    { text: header },
    { text: '='.repeat(header.length) },
    ...lines.map((line, index) => ({
      text: tableRow(String(line), ...(costs.get(line) ?? NO_COSTS), contents?.[index] ?? ''),
      source: line,
    })),
  ];
}

type CostCells = readonly [hits: string, time: string, perHit: string, share: string];

const NO_COSTS: CostCells = ['', '', '', ''];

function costCells({ hits = 0, time }: LineRow, total: number, digits: number): CostCells {
  return [
    String(hits),
    decimal(time, digits),
    decimal(hits > 0 ? time / hits : 0, digits),
    (total > 0 ? (100 * time) / total : 0).toFixed(1),
  ];
}

/** A number with as many digits behind the point as it needs, at least one. */
function decimal(value: number, digits: number): string {
  return value.toFixed(digits).replace(/(\.\d+?)0+$/, '$1');
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
