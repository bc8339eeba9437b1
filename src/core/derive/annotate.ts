import type { Func, FunctionIndex, Profile } from '../model/profile';
import type {
  AnnotatedFile,
  AnnotatedFunction,
  AnnotatedLine,
  Annotations,
  CallerCost,
} from './annotations';
import { functionTable, type CallerRow, type FunctionTable } from './functionTable';
import { lineCosts, lineDataOf, type LineCost } from './lineCosts';

const MAXIMUM_CALLERS = 10;

/** All costs of a profile by source file: of its functions, and of its lines where it has them. */
export function annotate(profile: Profile): Annotations {
  const table = functionTable(profile);
  const lines = lineCosts(profile);
  const functionsOfFile = new Map<string, FunctionIndex[]>();
  for (const [index, { file }] of profile.functions.entries()) {
    if (file === undefined) continue;
    const functions = functionsOfFile.get(file);
    if (functions) functions.push(index);
    else functionsOfFile.set(file, [index]);
  }
  const files = new Map<string, AnnotatedFile>();
  for (const file of new Set([...functionsOfFile.keys(), ...lines.keys()])) {
    const own = functionsOfFile.get(file) ?? [];
    files.set(file, annotateFile(profile, table, file, own, lines.get(file) ?? new Map()));
  }
  const { format, unit, total } = profile;
  return { format, unit, total, lineData: lineDataOf(profile), files };
}

function annotateFile(
  profile: Profile,
  table: FunctionTable,
  file: string,
  own: readonly FunctionIndex[],
  costs: ReadonlyMap<number, LineCost>,
): AnnotatedFile {
  // Lines inlined from another file belong to a function that is not defined in this one.
  const functions = [...new Set([...own, ...[...costs.values()].map(({ func }) => func)])];
  const position = new Map(functions.map((func, index) => [func, index]));
  return {
    functions: functions.map((func) => annotateFunction(profile, table, file, func)),
    lines: [...costs]
      .map(([line, { hits, self, time, func }]): AnnotatedLine => {
        return { line, hits, self, time, func: position.get(func) ?? 0 };
      })
      .sort((a, b) => a.line - b.line),
  };
}

function annotateFunction(
  profile: Profile,
  { rows, callers }: FunctionTable,
  file: string,
  index: FunctionIndex,
): AnnotatedFunction {
  const func = profile.functions[index];
  const row = rows[index];
  return {
    name: func?.name ?? '',
    line: func?.file === file ? func.line : undefined,
    calls: row?.calls,
    primitiveCalls: row?.primitiveCalls,
    self: row?.self,
    total: row?.total ?? 0,
    callers: (callers[index] ?? [])
      .slice(0, MAXIMUM_CALLERS)
      .map((caller) => callerCost(profile.functions, caller)),
  };
}

function callerCost(functions: readonly Func[], { caller, calls, total }: CallerRow): CallerCost {
  const func = functions[caller];
  return { name: func?.name ?? '', file: func?.file, line: func?.line, calls, total };
}
