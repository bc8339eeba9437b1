import { compareSides } from '../core/derive/comparison/compare';
import type { Comparison } from '../core/derive/comparison/comparison';
import { SideCollector, type CollectedSide } from '../core/derive/comparison/sideCollector';
import type { TreeLimits } from '../core/derive/callTree';
import type { ReadChoice } from '../core/formats/format';
import {
  isCollected,
  pathsOf,
  sourceName,
  type ComparedSource,
  type ProfileSource,
} from '../core/profileSource';
import { readSource, visitProfiles } from './sourceReading';
import type { ReadProgress } from './workerProtocol';

/**
 * Reads both sides, one file after another, and compares them.
 * @param report is told now and then how far the reading of many files has come
 * @throws ProfileError when a side does not read at all, or the sides do not fit together
 */
export function readComparison(
  { before, after, subject }: ComparedSource,
  limits: TreeLimits,
  choice: ReadChoice,
  report: (progress: ReadProgress) => void,
): Comparison {
  const ofBefore = pathsOf(before).length;
  const total = ofBefore + pathsOf(after).length;
  const one = readSide(before, choice, ({ done }) => {
    report({ done, total });
  });
  const other = readSide(after, choice, ({ done }) => {
    report({ done: ofBefore + done, total });
  });
  const comparison = compareSides(one.side, other.side, { subject, limits });
  return { ...comparison, notes: [...comparison.notes, ...one.notes, ...other.notes] };
}

/** A side, and sentences on what of it is missing. */
interface ReadSide {
  readonly side: CollectedSide;
  readonly notes: readonly string[];
}

/** Requests that are merged stay apart, because how they differ from each other tells noise from change. */
function readSide(
  source: ProfileSource,
  choice: ReadChoice,
  report: (progress: ReadProgress) => void,
): ReadSide {
  const name = sourceName(source);
  const collector = new SideCollector(name);
  if (typeof source === 'string' || isCollected(source)) {
    collector.add(readSource(source, choice, report), name);
    return { side: collector.finish(), notes: [] };
  }
  const left = visitProfiles(source.paths, choice, report, (profile, file) => {
    collector.add(profile, file);
  });
  return { side: collector.finish(), notes: left === undefined ? [] : [`${name}: ${left}`] };
}
