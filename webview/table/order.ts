import type { TableSort } from '../../src/protocol/table';
import type { Functions, NumberSort } from './functions';

/** What is looked for in the functions' names and places. */
export interface TextFilter {
  readonly text: string;
  /** Whether the text is a regular expression, in which case upper and lower case differ as in pstats. */
  readonly isRegex: boolean;
}

/** How a table is sorted. A reversed order is the very opposite, as of `pstats.Stats.reverse_order`. */
export interface TableOrder {
  readonly sort: TableSort;
  readonly isReversed: boolean;
}

/**
 * All functions in an order: numbers with the largest first, texts alphabetically, and the profile's
 * own order among equals, as pstats has it. What is unknown comes last in any case.
 */
export function sortedFunctions(functions: Functions, { sort, isReversed }: TableOrder): number[] {
  const all = Array.from({ length: functions.count }, (_, func) => func);
  if (sort === 'name' || sort === 'place') {
    const sorted = all.sort(textOrder(functions, sort));
    return isReversed ? sorted.reverse() : sorted;
  }
  const values = Float64Array.from(all, (func) => functions.value(func, sort));
  const known = all.filter((func) => !Number.isNaN(values[func]));
  const unknown = all.filter((func) => Number.isNaN(values[func]));
  known.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  return [...(isReversed ? known.reverse() : known), ...unknown];
}

/** A test of a function's text. @throws SyntaxError for what is no regular expression */
export function textTest({ text, isRegex }: TextFilter): (searched: string) => boolean {
  if (isRegex) {
    const pattern = new RegExp(text);
    return (searched) => pattern.test(searched);
  }
  const wanted = text.toLowerCase();
  return (searched) => searched.toLowerCase().includes(wanted);
}

/** Whether an order shows a column's largest values first, or its last texts. */
export function isDescending({ sort, isReversed }: TableOrder): boolean {
  return isNumber(sort) !== isReversed;
}

/** Whether a column holds numbers. */
export function isNumber(sort: TableSort): sort is NumberSort {
  return sort !== 'name' && sort !== 'place';
}

function textOrder(functions: Functions, sort: 'name' | 'place'): (a: number, b: number) => number {
  if (sort === 'name') {
    const ranks = ranksOf(functions, (func) => functions.name(func));
    return (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0);
  }
  const ranks = ranksOf(functions, (func) => functions.file(func) ?? builtInFile(functions, func));
  return (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || functions.line(a) - functions.line(b);
}

/** cProfile files built-ins under `~`, the profile module under nothing. */
function builtInFile(functions: Functions, func: number): string {
  return /^<.*>$/s.test(functions.name(func)) ? '~' : '';
}

/** Per function the place of its text among all different ones: texts are compared once, numbers often. */
function ranksOf(functions: Functions, textOf: (func: number) => string): Int32Array {
  const texts = Array.from({ length: functions.count }, (_, func) => textOf(func));
  const rankOf = new Map([...new Set(texts)].sort().map((text, rank) => [text, rank]));
  return Int32Array.from(texts, (text) => rankOf.get(text) ?? 0);
}
