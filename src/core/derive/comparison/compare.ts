import { ProfileError } from '../../model/errors';
import type { Metric, Profile } from '../../model/profile';
import type { TreeLimits } from '../callTree';
import { percentile } from '../endpoints';
import type { ComparedSide, Comparison } from './comparison';
import { comparedLines } from './comparedLines';
import { differentialTree, type NumberedSide } from './differentialTree';
import { functionDeltas } from './functionDeltas';
import { matchFiles } from './matchFiles';
import { matchFunctions } from './matchFunctions';
import type { CollectedSide } from './sideCollector';
import { verdictOf } from './verdict';

/** How a comparison is made. */
export interface ComparisonOptions {
  /** What both sides are requests of; `undefined` where that is not one thing. */
  readonly subject?: string | undefined;
  /** Of the call trees that are estimated. */
  readonly limits: TreeLimits;
}

/**
 * Sets two sides of profiles side by side.
 * @throws ProfileError where they do not measure the same
 */
export function compareSides(
  before: CollectedSide,
  after: CollectedSide,
  { subject, limits }: ComparisonOptions,
): Comparison {
  checkMeasures(before, after);
  const { unit } = after.profile;
  const files = matchFiles(pathsOf(before.profile), pathsOf(after.profile));
  const pairs = matchFunctions(before.costs.functions, after.costs.functions, files);
  const { functions, ofBefore, ofAfter } = functionDeltas(before, after, pairs);
  const numberedBefore = numbered(before, ofBefore);
  const numberedAfter = numbered(after, ofAfter);
  const metric = shownMetric(after.profile)?.label;
  const sides = { before: comparedSide(before), after: comparedSide(after) };
  return {
    unit,
    metric,
    ...sides,
    verdict: verdictOf({ subject, unit, metric, ...sides, functions }),
    functions,
    tree: differentialTree(numberedBefore, numberedAfter, limits),
    lines: comparedLines(numberedBefore, numberedAfter, functions, files),
    notes: notesOn(before.profile, after.profile),
  };
}

function checkMeasures(before: CollectedSide, after: CollectedSide): void {
  const one = shownMetric(before.profile)?.label;
  const other = shownMetric(after.profile)?.label;
  // A file that measures one thing does not name it.
  const areNamed = one !== undefined && other !== undefined;
  if (before.profile.unit === after.profile.unit && !(areNamed && one !== other)) return;
  const own = `${before.name} measures ${one ?? before.profile.unit}`;
  throw new ProfileError(
    `They cannot be compared: ${own}, and ${after.name} measures ${other ?? after.profile.unit}.`,
    'broken',
  );
}

function shownMetric({ metrics }: Profile): Metric | undefined {
  return metrics?.all.find(({ id }) => id === metrics.shown);
}

/** Of all source files that a profile names. */
function pathsOf({ functions, lines, record }: Profile): Set<string> {
  const paths = [
    ...functions.map(({ file }) => file),
    ...lines.map(({ file }) => file),
    ...(record?.templateLines ?? []).map(({ file }) => file),
    ...(record?.memoryLines ?? []).map(({ file }) => file),
    ...(record?.queries ?? []).map(({ place }) => place?.file),
  ];
  return new Set(paths.filter((path) => path !== undefined));
}

function comparedSide({ name, profile, totals }: CollectedSide): ComparedSide {
  const requests = totals.length;
  const mean = totals.reduce((sum, total) => sum + total, 0) / requests;
  const squares = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0);
  return {
    name,
    format: profile.format,
    requests,
    mean,
    median: percentile(totals.toSorted(), 0.5) ?? mean,
    standardDeviation: requests > 1 ? Math.sqrt(squares / (requests - 1)) : undefined,
    request: profile.request,
  };
}

/** @param ofSide per function of the side's costs: its number in the comparison */
function numbered(side: CollectedSide, ofSide: Int32Array): NumberedSide {
  const { profile, costs } = side;
  const functionOf = Int32Array.from(profile.functions, (func) => {
    return ofSide[costs.indexOf(func)] ?? -1;
  });
  return { side, functionOf };
}

function notesOn(before: Profile, after: Profile): string[] {
  const isOtherMode = before.request.mode !== after.request.mode;
  return [
    ...(before.format !== after.format || isOtherMode
      ? ['The sides were measured in different ways, whose own cost differs too.']
      : []),
    ...new Set([...before.warnings, ...after.warnings]),
  ];
}
