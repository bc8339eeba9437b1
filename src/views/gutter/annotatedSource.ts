import {
  isSameComparison,
  isSameSource,
  pathsOf,
  sourceName,
  type ComparedSource,
  type ProfileSource,
} from '../../core/profileSource';

/** What annotates the source: one profile, or how two sides differ. */
export type AnnotatedSource = ProfileSource | ComparedSource;

export function isComparison(source: AnnotatedSource): source is ComparedSource {
  return typeof source === 'object' && 'before' in source;
}

/** Whether two things that annotate are one. */
export function isSameAnnotated(one: AnnotatedSource, other: AnnotatedSource): boolean {
  if (isComparison(one)) return isComparison(other) && isSameComparison(one, other);
  return !isComparison(other) && isSameSource(one, other);
}

/** The files that it is read from. */
export function annotatedPaths(source: AnnotatedSource): readonly string[] {
  if (!isComparison(source)) return pathsOf(source);
  return [...pathsOf(source.before), ...pathsOf(source.after)];
}

/** What it is called where nothing more is known. */
export function annotatedName(source: AnnotatedSource): string {
  return isComparison(source) ? source.title : sourceName(source);
}
