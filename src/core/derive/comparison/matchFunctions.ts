import type { Func, FunctionIndex } from '../../model/profile';
import type { FilePairs } from './matchFiles';
import { matchLines } from './matchLines';

/** Functions of one name in one file. */
interface Namesakes {
  readonly before: FunctionIndex[];
  readonly after: FunctionIndex[];
}

/** By how many lines a function moved that stood at a line before. */
interface Move {
  readonly line: number;
  readonly by: number;
}

/** A function of both sides, or of one of them where the other is `undefined`. */
export interface FunctionPair {
  readonly before: FunctionIndex | undefined;
  readonly after: FunctionIndex | undefined;
}

/**
 * Finds the functions that are the same on both sides: by file and name. Where several of one file
 * share a name, as lambdas and methods do whose class the profile does not tell, their lines decide,
 * once these are moved as the functions around them were.
 *
 * @returns each function of both sides once
 */
export function matchFunctions(
  before: readonly Func[],
  after: readonly Func[],
  files: FilePairs,
): FunctionPair[] {
  const byFile = new Map<string | undefined, Map<string, Namesakes>>();
  const namesakesOf = ({ name }: Func, file: string | undefined): Namesakes => {
    const names = byFile.get(file) ?? new Map<string, Namesakes>();
    byFile.set(file, names);
    const namesakes = names.get(name) ?? { before: [], after: [] };
    names.set(name, namesakes);
    return namesakes;
  };
  for (const [index, func] of before.entries())
    namesakesOf(func, func.file && (files.get(func.file) ?? func.file)).before.push(index);
  for (const [index, func] of after.entries()) namesakesOf(func, func.file).after.push(index);
  return [...byFile.values()].flatMap((names) => {
    const moves = movesOf([...names.values()], before, after);
    return [...names.values()].flatMap((namesakes) => pairsOf(namesakes, before, after, moves));
  });
}

/** How the functions of a file moved whose name leaves no doubt; ascending by line. */
function movesOf(
  all: readonly Namesakes[],
  before: readonly Func[],
  after: readonly Func[],
): Move[] {
  const moves = all.flatMap((namesakes): Move[] => {
    const [one = -1, ...more] = namesakes.before;
    const [other = -1, ...others] = namesakes.after;
    const line = before[one]?.line;
    const now = after[other]?.line;
    const isClear = more.length + others.length === 0;
    return isClear && line !== undefined && now !== undefined ? [{ line, by: now - line }] : [];
  });
  return moves.sort((a, b) => a.line - b.line);
}

function pairsOf(
  namesakes: Namesakes,
  before: readonly Func[],
  after: readonly Func[],
  moves: readonly Move[],
): FunctionPair[] {
  const lineOf = (functions: readonly Func[], index: FunctionIndex): number =>
    functions[index]?.line ?? 0;
  const movedLineOf = (index: FunctionIndex): number => moved(lineOf(before, index), moves);
  const own = [...namesakes.before].sort((a, b) => movedLineOf(a) - movedLineOf(b));
  const other = [...namesakes.after].sort((a, b) => lineOf(after, a) - lineOf(after, b));
  const matched = matchLines(
    own.map(movedLineOf),
    other.map((index) => lineOf(after, index)),
  );
  const pairOf = new Map(matched);
  const taken = new Set(pairOf.values());
  return [
    ...own.map((index, place) => ({ before: index, after: other[pairOf.get(place) ?? -1] })),
    ...other.flatMap((index, place) =>
      taken.has(place) ? [] : [{ before: undefined, after: index }],
    ),
  ];
}

/** Where a line stands now if it moved as the nearest function above it did, else as the first one. */
function moved(line: number, moves: readonly Move[]): number {
  const { by } = moves.findLast((move) => move.line <= line) ?? moves[0] ?? { by: 0 };
  return line + by;
}
