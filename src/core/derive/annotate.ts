import type { Func, FunctionIndex, Profile } from '../model/profile';
import type { FollowedFunction } from '../model/requestRecord';
import type {
  AnnotatedFile,
  AnnotatedFunction,
  AnnotatedLine,
  Annotations,
  CallerCost,
  HotPathLine,
} from './annotations';
import { functionTable, type CallerRow, type FunctionTable } from './functionTable';
import { annotateMemory } from './annotateMemory';
import { hotPath } from './hotPath';
import { lineCosts, lineDataOf, type LineCost } from './lineCosts';
import { queriesByFile, spansByFile, templateCosts, withQueries } from './recordedLines';

const MAXIMUM_CALLERS = 10;

/** All costs of a profile by source file: of its functions, and of its lines where it has them. */
export function annotate(profile: Profile): Annotations {
  const { record } = profile;
  if (record && record.memoryLines.length > 0) return annotateMemory(profile, record);
  return annotateTimes(profile);
}

/** A profile and what is known of its functions. */
interface Source {
  readonly profile: Profile;
  readonly table: FunctionTable;
  readonly followed: ReadonlyMap<FunctionIndex, FollowedFunction>;
}

function annotateTimes(profile: Profile): Annotations {
  const followed = new Map((profile.record?.functions ?? []).map((each) => [each.func, each]));
  const source: Source = { profile, table: functionTable(profile), followed };
  const lines = new Map([...lineCosts(profile), ...templateCosts(profile.record)]);
  const queries = queriesByFile(profile.record);
  const spans = spansByFile(profile.record);
  const hot = hotPathByFile(profile);
  const functionsOfFile = new Map<string, FunctionIndex[]>();
  for (const [index, { file }] of profile.functions.entries()) {
    if (file === undefined) continue;
    const functions = functionsOfFile.get(file);
    if (functions) functions.push(index);
    else functionsOfFile.set(file, [index]);
  }
  const files = new Map<string, AnnotatedFile>();
  for (const file of new Set([...functionsOfFile.keys(), ...lines.keys(), ...queries.keys()])) {
    const own = functionsOfFile.get(file) ?? [];
    const costs = withQueries(lines.get(file) ?? new Map(), queries.get(file) ?? []);
    files.set(file, {
      ...annotateFile(source, file, own, costs),
      queries: queries.get(file) ?? [],
      spans: spans.get(file) ?? [],
      hotPath: hot.get(file) ?? [],
      sha256: profile.record?.sourceHashes.get(file),
    });
  }
  const { format, unit, total } = profile;
  const lineData = lineDataOf(profile);
  const hasOthers = [...files.values()].some((file) => file.lines.length > 0);
  return {
    format,
    unit,
    total,
    metric: profile.metrics?.all.find(({ id }) => id === profile.metrics?.shown)?.label,
    // Lines of templates, or with queries, are lines all the same.
    lineData: lineData === 'none' && hasOthers ? 'exact' : lineData,
    files,
  };
}

/** The places of the hot path by file; of a line that it leads over several times, the first. */
function hotPathByFile(profile: Profile): Map<string, HotPathLine[]> {
  const path = hotPath(profile);
  const files = new Map<string, Map<number, HotPathLine>>();
  for (const [index, { func, file, line: executing, total }] of path.entries()) {
    const line = executing ?? profile.functions[func]?.line;
    if (file === undefined || line === undefined) continue;
    const lines = files.get(file) ?? new Map<number, HotPathLine>();
    files.set(file, lines);
    if (lines.has(line)) continue;
    const isDefinition = executing === undefined;
    lines.set(line, { line, isDefinition, total, step: index + 1, steps: path.length });
  }
  return new Map([...files].map(([file, lines]) => [file, [...lines.values()]]));
}

function annotateFile(
  source: Source,
  file: string,
  own: readonly FunctionIndex[],
  costs: ReadonlyMap<number, LineCost>,
): AnnotatedFile {
  // Lines inlined from another file belong to a function that is not defined in this one.
  const inlined = [...costs.values()].flatMap(({ func }) => func ?? []);
  const functions = [...new Set([...own, ...inlined])];
  const position = new Map(functions.map((func, index) => [func, index]));
  return {
    functions: functions.map((func) => annotateFunction(source, file, func)),
    lines: [...costs]
      .map(([line, { func, ...cost }]): AnnotatedLine => {
        return { line, ...cost, func: func === undefined ? -1 : (position.get(func) ?? -1) };
      })
      .sort((a, b) => a.line - b.line),
  };
}

function annotateFunction(
  { profile, table: { rows, callers }, followed }: Source,
  file: string,
  index: FunctionIndex,
): AnnotatedFunction {
  const func = profile.functions[index];
  const row = rows[index];
  const exact = followed.get(index);
  return {
    name: func?.name ?? '',
    line: func?.file === file ? func.line : undefined,
    calls: exact?.calls ?? row?.calls,
    primitiveCalls: row?.primitiveCalls,
    // Of a function that was followed, samples tell less than what was counted.
    self: exact ? undefined : row?.self,
    total: exact?.total ?? row?.total ?? 0,
    callers: (callers[index] ?? [])
      .slice(0, MAXIMUM_CALLERS)
      .map((caller) => callerCost(profile.functions, caller))
      .map((caller) => (exact ? { ...caller, total: undefined } : caller)),
  };
}

function callerCost(functions: readonly Func[], { caller, calls, total }: CallerRow): CallerCost {
  const func = functions[caller];
  return { name: func?.name ?? '', file: func?.file, line: func?.line, calls, total };
}
