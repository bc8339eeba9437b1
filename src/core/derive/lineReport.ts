import type { Profile, Unit } from '../model/profile';
import type { Measurement } from './lineCosts';
import { lineTables, totalOf, type LineTable } from './lineTables';
import { printedTable, TIMER_UNIT, type PrintedLine } from './printedLines';

/** The costs of a profile's lines by function. */
export interface LineReport {
  /** What people know the format by. */
  readonly formatLabel: string;
  readonly unit: Unit;
  /** The costliest first. */
  readonly tables: readonly LineTable[];
  /** SHA-256 (hexadecimal) of source files as they were when they ran, by path, where it is known. */
  readonly sourceHashes: ReadonlyMap<string, string>;
}

/** The contents of a function's lines, as far as they are known. */
export interface TableContents {
  /** From the function's first line on. */
  readonly lines: readonly string[] | undefined;
  /** A sentence on what is wrong with them. */
  readonly flaw: string | undefined;
}

/** A line of the report, and the place in the sources that it tells of. */
export interface ReportLine {
  readonly text: string;
  readonly place?: { readonly file: string; readonly line: number };
}

/** As line_profiler prints costs. */
const DIGITS = 1;

const MEASUREMENTS: Readonly<Record<Measurement, string>> = {
  exact: 'exact: every hit was timed',
  estimated: 'estimated: some hits were timed, and the rest was concluded from them',
  sampled: 'sampled: hits are the numbers of samples at a line',
};

/** What lines cost, by function; no tables where the profile holds no costs of lines of functions. */
export function lineReport(profile: Profile, formatLabel: string): LineReport {
  return {
    formatLabel,
    unit: profile.unit,
    tables: lineTables(profile).sort((a, b) => totalOf(b) - totalOf(a)),
    sourceHashes: profile.record?.sourceHashes ?? new Map<string, string>(),
  };
}

/**
 * The report as line_profiler prints it, under a header that tells how the costs were measured.
 *
 * @param contents parallel to the report's tables
 */
export function printedReport(
  title: string,
  { formatLabel, unit, tables }: LineReport,
  contents: readonly TableContents[],
): ReportLine[] {
  const found = measurementsOf(tables);
  const [only] = found;
  const costs = only && found.length === 1 ? MEASUREMENTS[only] : 'told above each function';
  const header = [
    `Line report of ${title}`,
    `${formatLabel}, ${tables.length} ${tables.length === 1 ? 'function' : 'functions'}, the costliest first`,
    `Costs are ${costs}. The cost of a line has that of what it called.`,
    '',
    ...(unit === 'seconds' ? [TIMER_UNIT, ''] : []),
  ];
  return [
    ...header.map((text) => ({ text })),
    ...tables.flatMap((table, index) => {
      const { lines, flaw } = contents[index] ?? {};
      const above = found.length > 1 ? [`Costs are ${tableCosts(table)}.`] : [];
      const notes = [...above, ...(flaw === undefined ? [] : [flaw])];
      return [
        ...notes.map((text) => ({ text })),
        ...printedTable(table, unit, { digits: DIGITS, contents: lines }).map((line) =>
          reportLine(table, line),
        ),
        { text: '' },
      ];
    }),
  ];
}

function reportLine({ file }: LineTable, { text, source }: PrintedLine): ReportLine {
  return source === undefined ? { text } : { text, place: { file, line: source } };
}

function tableCosts(table: LineTable): string {
  const found = measurementsOf([table]);
  const [only] = found;
  if (only && found.length === 1) return MEASUREMENTS[only];
  const linesOf = (measured: Measurement): string =>
    table.rows
      .filter((row) => row.measured === measured)
      .map(({ line }) => line)
      .join(', ');
  return found.map((measured) => `${MEASUREMENTS[measured]} (${linesOf(measured)})`).join('; ');
}

/** The kinds of measurement that there are, the best first. */
function measurementsOf(tables: readonly LineTable[]): Measurement[] {
  const all = new Set(tables.flatMap(({ rows }) => rows.map(({ measured }) => measured)));
  return (['exact', 'estimated', 'sampled'] as const).filter((measured) => all.has(measured));
}
