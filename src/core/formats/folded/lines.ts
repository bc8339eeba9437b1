import { isCost } from '../encoding/numbers';
import { textLines } from '../encoding/textLines';

/** How many lines are looked at to tell what a file is. */
const headLines = 200;

/** What pyflame writes where there is no stack: nothing ran, or it could not be read. */
export const noStack: ReadonlySet<string> = new Set(['(idle)', '(failed)']);

const count = /^\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** The frames of a line as they stand there, and the numbers behind them. */
export interface FoldedLine {
  readonly stack: string;
  readonly count: number;
  /** The first of two counts, 0 where there is one. */
  readonly countBefore: number;
}

/** Takes a line apart at its last space; `undefined` where no count stands behind it. */
export function parseLine(text: string, isDifferential = false): FoldedLine | undefined {
  const last = splitCount(text);
  if (!last || !isDifferential) return last && { ...last, countBefore: 0 };
  const before = splitCount(last.stack);
  return before && { stack: before.stack, count: last.count, countBefore: before.count };
}

function splitCount(text: string): { stack: string; count: number } | undefined {
  const trimmed = text.trimEnd();
  const space = trimmed.lastIndexOf(' ');
  const digits = trimmed.slice(space + 1);
  const value = Number(digits);
  if (space < 0 || !count.test(digits) || !isCost(value)) return undefined;
  return { stack: trimmed.slice(0, space), count: value };
}

/** The first lines that are not blank. */
export function firstLines(text: string): string[] {
  const lines: string[] = [];
  for (const { text: line } of textLines(text)) {
    if (line.trim() !== '') lines.push(line);
    if (lines.length === headLines) break;
  }
  return lines;
}

/** Whether every stack has a count of before and one of after, as `difffolded.pl` of FlameGraph writes them. */
export function isDifferential(text: string): boolean {
  return firstLines(text).every((line) => parseLine(line, true) !== undefined);
}
