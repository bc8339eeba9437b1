import { functionTable } from '../derive/functionTable';
import { csv, isGuarded } from './encoding/csv';
import type { ExportSource } from './exportSource';
import { commonLosses, laneLosses, lineLosses, lossIf } from './losses';
import { ExportError, type Loss, type Writer } from './writer';

/** The function table, one row a function in the order of the file; costs in the profile's unit. */
export const functionsCsv: Writer = {
  id: 'functions-csv',
  label: 'CSV of functions',
  extension: '.functions.csv',
  losses(source) {
    refuseEmpty(source);
    const { data } = source.profile;
    return [
      ...commonLosses(source),
      ...laneLosses(source),
      ...lineLosses(source),
      ...lossIf(data.kind !== 'lineTimings', 'callers', 'Who called whom is left out.'),
      ...nameLosses(source),
    ];
  },
  write(source) {
    refuseEmpty(source);
    const { profile } = source;
    const { functions, unit } = profile;
    const header = [
      'function',
      'file',
      'line',
      'calls',
      'primitive_calls',
      `self_${unit}`,
      `total_${unit}`,
    ];
    const rows = functionTable(profile).rows.map(({ func, calls, primitiveCalls, self, total }) => {
      const { name, file, line } = functions[func] ?? { name: '' };
      return [name, file, line, calls, primitiveCalls, self, total];
    });
    return csv(header, rows);
  },
};

function refuseEmpty({ profile }: ExportSource): void {
  if (profile.functions.length > 0) return;
  throw new ExportError('This profile holds no functions.');
}

function nameLosses({ profile: { functions } }: ExportSource): Loss[] {
  return lossIf(
    functions.some(({ name, file = '' }) => isGuarded(name) || isGuarded(file)),
    'names',
    'Names that a spreadsheet would run as formulas begin with an apostrophe.',
  );
}
