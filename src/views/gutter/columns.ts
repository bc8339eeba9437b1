import type { Annotations } from '../../core/derive/annotations';
import { columnKinds, QUERIES, type ColumnKind } from './columnKinds';
import { heatLevel, type HeatLevel } from './heat';
import { measuredLines, type Measured } from './measured';
import { displayUnit, MEMORY_UNIT, type DisplayUnit } from './numbers';
import { shareOf, type PercentBase } from './percentBase';

/** One column of the table beside the source. */
export interface Column {
  readonly title: string;
  /** In characters. */
  readonly width: number;
}

/** One line of the table. */
export interface TimingRow extends Measured {
  /** Share (0 to 1) of what % Time is of. */
  readonly share: number | undefined;
  readonly level: HeatLevel;
  /** What stands in each column; blank where the profile does not tell. */
  readonly cells: readonly string[];
}

/** What stands beside one file. */
export interface FileTable {
  readonly columns: readonly Column[];
  /** Ascending by line. */
  readonly rows: readonly TimingRow[];
}

/**
 * The table of one profile: the same columns, as wide, beside every file of it, and beside those that
 * sent queries one more.
 */
export interface TimingTable {
  readonly unit: DisplayUnit;
  readonly base: PercentBase;
  /** By the file's path as the profile has it; of files with costs. */
  readonly files: ReadonlyMap<string, FileTable>;
}

const GAP = '  ';

/**
 * Lays out a profile's costs in line_profiler's columns, in pstats' where it has no lines, or in
 * memory_profiler's, and unless compact the queries of lines after them.
 */
export function timingTable(
  annotations: Annotations,
  mode: 'compact' | 'full',
  base: PercentBase,
): TimingTable {
  const unit = unitOf(annotations);
  const common = columnKinds(annotations, unit, mode);
  const files = new Map<string, TimingRow[]>();
  for (const [path, file] of annotations.files) {
    const sentQueries = mode === 'full' && (file.queries ?? []).length > 0;
    const kinds = sentQueries ? [...common, QUERIES] : common;
    const rows = measuredLines(file, annotations.lineData).map((measured): TimingRow => {
      const share = shareOf(measured.cost, base, measured.func, annotations.total);
      const cells = kinds.map((kind) => kind.cell(measured, share));
      return { ...measured, share, level: heatLevel(share), cells };
    });
    if (rows.length > 0) files.set(path, rows);
  }
  const columns = widths([...common, QUERIES], files);
  const tables = [...files].map(([path, rows]): [string, FileTable] => [
    path,
    { columns: columns.slice(0, rows[0]?.cells.length), rows },
  ]);
  return { unit, base, files: new Map(tables) };
}

/** The unit of the cost columns; the changes of a comparison have units of their own. */
function unitOf({ lineData, unit, total, isComparison }: Annotations): DisplayUnit {
  const common = lineData === 'memory' ? MEMORY_UNIT : displayUnit(unit, total);
  return isComparison ? { ...common, label: '' } : common;
}

/** The width of a whole row, in characters. */
export function tableWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP.length * (columns.length - 1));
}

/** One line of the table, its cells to the right of their columns as line_profiler prints them. */
export function rowText(columns: readonly Column[], cells: readonly string[]): string {
  return columns.map(({ width }, index) => (cells[index] ?? '').padStart(width)).join(GAP);
}

/** The column titles, aligned as the rows are. */
export function titlesText(columns: readonly Column[]): string {
  return rowText(
    columns,
    columns.map(({ title }) => title),
  );
}

function widths(
  kinds: readonly ColumnKind[],
  files: ReadonlyMap<string, readonly TimingRow[]>,
): Column[] {
  const found = kinds.map(({ title }) => title.length);
  for (const rows of files.values()) {
    for (const { cells } of rows) {
      for (const [index, cell] of cells.entries()) {
        found[index] = Math.max(found[index] ?? 0, cell.length);
      }
    }
  }
  return kinds.map(({ title }, index) => ({ title, width: found[index] ?? title.length }));
}
