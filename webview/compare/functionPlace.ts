import type { FunctionDelta, ShownFrame } from '../../src/protocol/comparison';

/** Where a function is now; where it was, if it is gone. */
export function placeOf({ before, after }: FunctionDelta): Omit<ShownFrame, 'name'> {
  return after ?? before ?? { file: undefined, line: undefined };
}

/** A function as the source knows it. */
export function frameOf(func: FunctionDelta): ShownFrame {
  const { file, line } = placeOf(func);
  return { name: func.name, file, line };
}

/** The function of a frame of the side after, at its line where several have the name; -1 for none. */
export function findFunction(functions: readonly FunctionDelta[], wanted: ShownFrame): number {
  const isNamed = ({ name, after }: FunctionDelta): boolean =>
    name === wanted.name && after?.file === wanted.file;
  const exact = functions.findIndex((func) => isNamed(func) && func.after?.line === wanted.line);
  return exact >= 0 ? exact : functions.findIndex(isNamed);
}

/** Where a filter looks: file, line and name, as pstats names a function. */
export function searchText(func: FunctionDelta): string {
  const { file, line } = placeOf(func);
  return `${file ?? ''}:${line ?? 0}(${func.name})`;
}
