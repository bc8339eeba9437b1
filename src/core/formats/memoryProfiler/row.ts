import { isCost } from '../encoding/numbers';
import { damaged, quoted } from '../failures';

/** Pattern of the titles above every table; versions before 0.59 do not count occurrences. */
export const titles = 'Line # +Mem usage +Increment +(Occurrences +)?Line Contents';

/** How the rows of a table are laid out. */
export interface RowLayout {
  /** Where the contents of the lines begin, unless numbers are wider than their columns. */
  readonly contents: number;
  readonly hasOccurrences: boolean;
}

/** One row of a table. */
export interface MemoryRow {
  /** 1-based line of the source. */
  readonly line: number;
  readonly contents: string;
  /** `undefined` where the line did not run. */
  readonly memory: MeasuredMemory | undefined;
}

/** What was measured of a line; bytes. */
export interface MeasuredMemory {
  readonly inUse: number;
  readonly increment: number;
  readonly occurrences: number | undefined;
}

/** Old versions write `MB` and mean the same. */
const mebibyte = 2 ** 20;

const memory = ' +(-?[\\d.]+) Mi?B';
const measured = new RegExp(`^${memory}${memory}(?= |$)`);
const measuredAndCounted = new RegExp(`^${memory}${memory} +(\\d+)(?= |$)`);

/** The layout that the titles announce; `undefined` where the text is not titles. */
export function layoutOf(text: string): RowLayout | undefined {
  const found = new RegExp(`^${titles}`).exec(text);
  if (!found) return undefined;
  const hasOccurrences = found[1] !== undefined;
  // The title of the occurrences is one character wider than their column.
  return { contents: text.indexOf('Line Contents') - Number(hasOccurrences), hasOccurrences };
}

/**
 * Reads a row; `undefined` for what is none.
 * @param at the row's line in the text, for people
 */
export function readRow(text: string, layout: RowLayout, at: number): MemoryRow | undefined {
  const [start = '', line] = /^ *(\d+)(?= |$)/.exec(text) ?? [];
  if (line === undefined) return undefined;
  const rest = text.slice(start.length);
  if (rest.slice(0, Math.max(0, layout.contents - start.length)).trim() === '') {
    return { line: Number(line), contents: rest.trim(), memory: undefined };
  }
  const pattern = layout.hasOccurrences ? measuredAndCounted : measured;
  const [numbers, inUse, increment, occurrences] = pattern.exec(rest) ?? [];
  if (numbers === undefined) return undefined;
  return {
    line: Number(line),
    contents: rest.slice(numbers.length).trim(),
    memory: {
      inUse: numberOf(inUse, at) * mebibyte,
      increment: numberOf(increment, at) * mebibyte,
      occurrences: occurrences === undefined ? undefined : numberOf(occurrences, at),
    },
  };
}

function numberOf(text = '', at: number): number {
  const value = Number(text);
  if (!isCost(value))
    throw damaged('memory_profiler', `line ${at} has no number at ${quoted(text)}`);
  return value;
}
