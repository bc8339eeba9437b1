import type { Profile } from '../../model/profile';

const KINDS = {
  callGraph: 'call graphs',
  stacks: 'stacks',
  lineTimings: 'line timings',
  timeline: 'values over time',
} as const;

/** Profiles that are named in a sentence; the others are counted. */
const MAXIMUM_NAMED = 3;

/** What a profile holds, in words that are the same for all that can be added up: `stacks in seconds`. */
export function contentOf({ data, unit, metrics, record }: Profile): string {
  const metric = metrics?.all.find(({ id }) => id === metrics.shown)?.label;
  const memory = (record?.memoryLines.length ?? 0) > 0 ? ', with memory by line' : '';
  return `${KINDS[data.kind]} in ${metric ?? unit}${memory}`;
}

/** A file that holds something else than the others. */
export interface Misfit {
  readonly name: string;
  readonly content: string;
}

/** Why profiles cannot be added up, for a person. */
export function misfitSentence(misfits: readonly Misfit[], count: number, content: string): string {
  const named = namesOf(misfits.map((misfit) => `${misfit.name} (${misfit.content})`));
  return misfits.length === 1
    ? `They cannot be merged: ${named} does not fit the others (${content}).`
    : `They cannot be merged: ${misfits.length} of the ${count} do not fit the others (${content}): ${named}.`;
}

/** The first few of some names: `a, b, c and 2 more`. */
export function namesOf(names: readonly string[]): string {
  const more = names.length - MAXIMUM_NAMED;
  const shown = names.slice(0, MAXIMUM_NAMED).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
