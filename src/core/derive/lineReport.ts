import type { Profile, Unit } from '../model/profile';
import type { Measurement } from './lineCosts';
import { lineTables, totalOf, type LineTable } from './lineTables';
import { growthOf, memoryTables, type MemoryTable } from './memoryTables';
import { printedMemory } from './printedMemory';
import { templateTables } from './templateTables';
import { printedTable, TIMER_UNIT, type PrintedLine } from './printedLines';

/** The costs of a profile's lines by function, and by template. */
export interface LineReport {
  /** What people know the format by. */
  readonly formatLabel: string;
  readonly unit: Unit;
  /** The costliest first, templates behind functions. */
  readonly tables: readonly LineTable[];
  /** What lines did to the memory; where a profile tells that, its report tells nothing else. */
  readonly memory: readonly MemoryTable[];
  /** SHA-256 (hexadecimal) of source files as they were when they ran, by path, where it is known. */
  readonly sourceHashes: ReadonlyMap<string, string>;
}

/** What stands in a report of one function or template. */
export type ReportTable = LineTable | MemoryTable;

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

const TEMPLATE_NOTE =
  'The cost of a line of a template is without what stands within its tag or block.';

const MEMORY_NOTE =
  'Growth is what was in use after a line less what was before it, over all its executions; sizes without a unit are bytes.';

/** What lines cost, by function and template; no tables where the profile holds no costs of lines. */
export function lineReport(profile: Profile, formatLabel: string): LineReport {
  const memory = memoryTables(profile).sort((a, b) => growthOf(b) - growthOf(a));
  const tables = memory.length > 0 ? [] : [lineTables(profile), templateTables(profile)];
  return {
    formatLabel,
    unit: profile.unit,
    tables: tables.flatMap((each) => each.sort((a, b) => totalOf(b) - totalOf(a))),
    memory,
    sourceHashes: profile.record?.sourceHashes ?? new Map<string, string>(),
  };
}

/** All tables of a report in the order in which they are printed. */
export function reportTables({ tables, memory }: LineReport): ReportTable[] {
  return [...tables, ...memory];
}

/**
 * The report as line_profiler prints it, under a header that tells how the costs were measured.
 *
 * @param contents parallel to `reportTables(report)`
 */
export function printedReport(
  title: string,
  report: LineReport,
  contents: readonly TableContents[],
): ReportLine[] {
  const header = [
    `Line report of ${title}`,
    `${report.formatLabel}, ${countsOf(report)}, the costliest first`,
  ];
  const body = report.memory.length > 0 ? memoryBody : timesBody;
  return [...header.map((text) => ({ text })), ...body(report, contents)];
}

function countsOf(report: LineReport): string {
  const tables = reportTables(report);
  const functions = tables.filter(({ name }) => name !== undefined).length;
  const others = tables.length - functions;
  const other = report.memory.length > 0 ? 'file' : 'template';
  return [
    ...(functions > 0 ? [counted(functions, 'function')] : []),
    ...(others > 0 ? [counted(others, other)] : []),
  ].join(' and ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What lines did to the memory, as memory_profiler prints it. */
function memoryBody({ memory }: LineReport, contents: readonly TableContents[]): ReportLine[] {
  return [
    { text: MEMORY_NOTE },
    { text: '' },
    ...memory.flatMap((table, index) => {
      const { lines, flaw } = contents[index] ?? {};
      const printed = printedMemory(table, lines).map((line) => reportLine(table, line));
      return [...(flaw === undefined ? [] : [{ text: flaw }]), ...printed, { text: '' }];
    }),
  ];
}

/** What lines cost, as line_profiler prints it. */
function timesBody({ unit, tables }: LineReport, contents: readonly TableContents[]): ReportLine[] {
  const found = measurementsOf(tables);
  const [only] = found;
  const costs = only && found.length === 1 ? MEASUREMENTS[only] : 'told above each function';
  const hasTemplates = tables.some(({ name }) => name === undefined);
  const header = [
    `Costs are ${costs}. The cost of a line has that of what it called.`,
    ...(hasTemplates ? [TEMPLATE_NOTE] : []),
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

function reportLine({ file }: ReportTable, { text, source }: PrintedLine): ReportLine {
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
