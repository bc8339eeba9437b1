import type { AnnotatedFunction, Annotations } from '../../core/derive/annotations';

/**
 * What % Time is of: the function that a line is in, or the whole profile; of memory, all growth;
 * where two sides are compared, the line's own cost before.
 */
export type PercentBase = 'function' | 'request' | 'growth' | 'before';

/** The setting `hotline.gutter.percentOf`. */
export type PercentOf = 'auto' | 'function' | 'request';

/** Ids of the formats of line_profiler. */
const LINE_PROFILER = new Set(['lineProfiler', 'lineProfilerText']);

/**
 * What % Time is of for a profile. line_profiler's own tables are a function each, so `auto` keeps
 * to that for its files. A profile without lines has one row a function, whose share of itself
 * would always be all of it: there, % Time is of the request whatever the setting says.
 */
export function percentBase(percentOf: PercentOf, annotations: Annotations): PercentBase {
  if (annotations.isComparison) return 'before';
  if (annotations.lineData === 'memory') return 'growth';
  if (annotations.lineData === 'none') return 'request';
  if (percentOf !== 'auto') return percentOf;
  return LINE_PROFILER.has(annotations.format) ? 'function' : 'request';
}

/**
 * The share (0 to 1) of a cost in its base; `undefined` where the base is not known or nothing, and
 * of memory that shrank. Of a change it is the share in all that a request costs.
 */
export function shareOf(
  cost: number,
  base: PercentBase,
  func: AnnotatedFunction | undefined,
  total: number,
): number | undefined {
  if ((base === 'growth' || base === 'before') && cost <= 0) return undefined;
  const whole = base === 'function' ? func?.total : total;
  return whole === undefined || whole <= 0 ? undefined : cost / whole;
}
