import type { AnnotatedFile, AnnotatedFunction, Annotations } from '../annotations';
import type { ComparedFile, Comparison, FunctionDelta } from './comparison';
import { lineDeltas, type FileTexts } from './lineDeltas';

/**
 * How a comparison's costs changed, by the source files of the side after. What is gone is not in
 * them any more, and so is left out.
 *
 * @param textsOf the texts of a file on both sides, where they are known
 */
export function annotateComparison(
  comparison: Comparison,
  textsOf: (file: ComparedFile) => FileTexts | undefined,
): Annotations {
  const { unit, metric, before, after, lines } = comparison;
  const files = new Map<string, AnnotatedFile>();
  for (const file of lines.files) {
    if (!file.after) continue;
    files.set(file.after.path, annotateFile(comparison, file, textsOf(file)));
  }
  return {
    format: after.format,
    unit: lines.data === 'memory' ? lines.unit : unit,
    // What changed is seen in proportion to the side that costs more.
    total: Math.max(before.mean, after.mean),
    metric,
    lineData: lines.data,
    isComparison: true,
    files,
  };
}

function annotateFile(
  comparison: Comparison,
  file: ComparedFile,
  texts: FileTexts | undefined,
): AnnotatedFile {
  const deltas = lineDeltas(comparison, file, texts).filter(({ line }) => line !== undefined);
  const named = new Set([...file.functions, ...deltas.map(({ func }) => func)]);
  const present = [...named].filter((func) => comparison.functions[func]?.after);
  const position = new Map(present.map((func, index) => [func, index]));
  return {
    functions: present.flatMap((func) => annotateFunction(comparison.functions[func])),
    lines: [],
    deltas: deltas.map((delta) => ({ ...delta, func: position.get(delta.func) ?? -1 })),
    sha256: file.after?.sha256,
  };
}

function annotateFunction(delta: FunctionDelta | undefined): AnnotatedFunction[] {
  if (!delta?.after) return [];
  const { name, after, calls, self, total } = delta;
  return [
    {
      name,
      line: after.line,
      calls: calls.after,
      primitiveCalls: undefined,
      self: self.after,
      total: total.after ?? 0,
      callers: [],
      delta,
    },
  ];
}
