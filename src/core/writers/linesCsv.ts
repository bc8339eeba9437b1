import { byPlace } from '../derive/inspectedOrder';
import { lineCosts, lineDataOf } from '../derive/lineCosts';
import type { Profile } from '../model/profile';
import type { MemoryLine } from '../model/requestRecord';
import { csv, isGuarded, type Cell } from './encoding/csv';
import type { ExportSource } from './exportSource';
import { commonLosses, laneLosses, lossIf } from './losses';
import { ExportError, type Writer } from './writer';

/**
 * Costs of lines, ascending by file and line, in the profile's unit; bytes of memory beside them where
 * those were measured. `measured` is `exact`, `estimated` (in part) or `sampled`.
 */
export const linesCsv: Writer = {
  id: 'lines-csv',
  label: 'CSV of lines',
  extension: '.lines.csv',
  losses(source) {
    refuseWithoutLines(source);
    const { profile } = source;
    return [
      ...commonLosses(source),
      ...laneLosses(source),
      ...lossIf(
        profile.data.kind !== 'lineTimings',
        'callers',
        'Costs of functions, and who called whom, are left out.',
      ),
      ...lossIf(
        rowsOf(profile).some(({ file }) => isGuarded(file)),
        'names',
        'Names that a spreadsheet would run as formulas begin with an apostrophe.',
      ),
    ];
  },
  write(source) {
    refuseWithoutLines(source);
    const { profile } = source;
    const { unit, record } = profile;
    const withMemory = (record?.memoryLines.length ?? 0) > 0;
    const header = [
      ...[
        'file',
        'line',
        'function',
        'hits',
        `self_${unit}`,
        `total_${unit}`,
        `waiting_${unit}`,
        'measured',
      ],
      ...(withMemory ? ['growth_bytes', 'peak_bytes', 'allocations'] : []),
    ];
    const rows = rowsOf(profile).map(({ file, line, cells, memory }): Cell[] => [
      file,
      line,
      ...cells,
      ...(withMemory ? [memory?.growth, memory?.peak, memory?.allocations] : []),
    ]);
    return csv(header, rows);
  },
};

interface Row {
  readonly file: string;
  readonly line: number;
  /** Function, hits, own and total cost, waiting, how it was measured. */
  readonly cells: readonly Cell[];
  readonly memory: MemoryLine | undefined;
}

function rowsOf(profile: Profile): Row[] {
  const memory = new Map((profile.record?.memoryLines ?? []).map((line) => [keyOf(line), line]));
  const rows: Row[] = [];
  for (const [file, lines] of lineCosts(profile)) {
    for (const [line, { func, hits, self, time, waiting, measured }] of lines) {
      const name = func === undefined ? undefined : profile.functions[func]?.name;
      const key = keyOf({ file, line });
      const cells = [name, hits, self, time, waiting, measured];
      rows.push({ file, line, cells, memory: memory.get(key) });
      memory.delete(key);
    }
  }
  const unknown: Cell[] = Array.from({ length: 6 });
  for (const line of memory.values()) rows.push({ ...line, cells: unknown, memory: line });
  return rows.sort(byPlace);
}

function keyOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${line} ${file}`;
}

function refuseWithoutLines({ profile }: ExportSource): void {
  if (lineDataOf(profile) !== 'none' || (profile.record?.memoryLines.length ?? 0) > 0) return;
  throw new ExportError('This profile holds no costs of lines.');
}
