import type { MemoryLine } from '../model/requestRecord';
import { printable } from '../text';
import { growthOf, type MemoryTable } from './memoryTables';
import type { PrintedLine } from './printedLines';

const MEBIBYTE = 2 ** 20;

/** Digits behind the point of a mebibyte: as many as tell kibibytes apart. */
const DIGITS = 3;

type Cells = readonly [one: string, two: string, three: string];

const NO_CELLS: Cells = ['', '', ''];

/** How the rows of a tool are printed. */
interface Columns {
  readonly titles: Cells;
  readonly cells: (row: MemoryLine) => Cells;
}

/** memory_profiler's own (`show_results` in its memory_profiler.py). */
const OF_THE_PROCESS: Columns = {
  titles: ['Mem usage', 'Increment', 'Occurrences'],
  cells: ({ process }) =>
    process
      ? [mebibytes(process.inUse), mebibytes(process.increment), count(process.occurrences)]
      : NO_CELLS,
};

/** Of tools that count what lines allocate, in bytes. */
const OF_ALLOCATIONS: Columns = {
  titles: ['Peak', 'Growth', 'Allocations'],
  cells: ({ peak, growth, allocations }) => [count(peak), count(growth), count(allocations)],
};

/** The table of one function, laid out as memory_profiler does, below a head like line_profiler's. */
export function printedMemory(
  table: MemoryTable,
  contents: readonly string[] | undefined,
): PrintedLine[] {
  const { name, file, firstLine, rows } = table;
  const { titles, cells } = rows.some(({ process }) => process) ? OF_THE_PROCESS : OF_ALLOCATIONS;
  const costs = new Map(rows.map((row) => [row.line, cells(row)]));
  const lines = contents?.map((_, index) => firstLine + index) ?? [...costs.keys()];
  const header = tableRow('Line #', titles, 'Line Contents');
  const func = `Function: ${printable(name ?? '') || '(no name)'} at line ${firstLine}`;
  return [
    { text: `Total growth: ${mebibytes(growthOf(table))}` },
    { text: `File: ${printable(file)}`, source: firstLine },
    ...(name === undefined ? [] : [{ text: func, source: firstLine }]),
    { text: '' },
    { text: header },
    { text: '='.repeat(header.length) },
    ...lines.map((line, index) => ({
      text: tableRow(String(line), costs.get(line) ?? NO_CELLS, contents?.[index] ?? ''),
      source: line,
    })),
  ];
}

function tableRow(line: string, [one, two, three]: Cells, contents: string): string {
  const cells = [line.padStart(6), one.padStart(12), two.padStart(12), ` ${three.padStart(11)}`];
  return `${cells.join(' ')}   ${contents}`.trimEnd();
}

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(DIGITS)} MiB`;
}

/** A whole number; blank where the tool does not tell it. */
function count(value: number | undefined): string {
  return value === undefined ? '' : String(Math.round(value));
}
