import type { Period } from './model/profile';

/** Several profiles that are shown as one. */
export interface MergedSource {
  /** What people know it by: `GET /shop/{slug}/ · 12 requests`. */
  readonly title: string;
  /** File system paths, each once. */
  readonly paths: readonly string[];
}

/** Stacks that were collected from running processes, of a part of time and of some of them. */
export interface CollectedSource {
  /** What people know it by: `web-1:16384 · last 15 minutes`. */
  readonly title: string;
  /** File system path of the collector's database. */
  readonly database: string;
  /** Its end does not belong to it. Minutes are the finest that it tells apart. */
  readonly period: Period;
  /** Only of endpoints on this host; of all where absent, as with what follows. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Name of the process. */
  readonly process?: string | undefined;
  /** Whether samples of threads that wait for work count; they do not where absent. */
  readonly waiting?: boolean | undefined;
}

/**
 * What a view can show: the profile of one file, by its file system path, or of several as one, or
 * what was collected.
 */
export type ProfileSource = string | MergedSource | CollectedSource;

/**
 * Two sources that are set side by side. It is no `ProfileSource`: what shows one profile cannot show
 * the difference of two.
 */
export interface ComparedSource {
  /** What people know it by: `GET /shop/ · before ↔ after`. */
  readonly title: string;
  /** What both sides are requests of, where that is one thing: `GET /shop/{slug}/`. */
  readonly subject?: string | undefined;
  readonly before: ProfileSource;
  readonly after: ProfileSource;
}

/** Whether two sources are one: the same file, or the same files under the same title. */
export function isSameSource(
  one: ProfileSource | undefined,
  other: ProfileSource | undefined,
): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (isCollected(one) || isCollected(other))
    return isCollected(one) && isCollected(other) && isSameQuery(one, other);
  if (one.title !== other.title || one.paths.length !== other.paths.length) return false;
  return one.paths.every((path, index) => path === other.paths[index]);
}

/** Whether two comparisons are of the same sides, in the same order, under the same title. */
export function isSameComparison(
  one: ComparedSource | undefined,
  other: ComparedSource | undefined,
): boolean {
  if (one === other) return true;
  if (!one || !other) return false;
  return (
    one.title === other.title &&
    one.subject === other.subject &&
    isSameSource(one.before, other.before) &&
    isSameSource(one.after, other.after)
  );
}

/** Whether a source is what was collected from running processes. */
export function isCollected(source: ProfileSource): source is CollectedSource {
  return typeof source === 'object' && 'database' in source;
}

/** The profiles that a source is read from; none of them is left of what was collected. */
export function pathsOf(source: ProfileSource): readonly string[] {
  if (typeof source === 'string') return [source];
  return isCollected(source) ? [] : source.paths;
}

/** What a source is called where nothing more is known: the file's name, or the title. */
export function sourceName(source: ProfileSource): string {
  // Webviews know the type, and have no node:path.
  return typeof source === 'string' ? source.replace(/^.*[\\/]/s, '') : source.title;
}

function isSameQuery(one: CollectedSource, other: CollectedSource): boolean {
  return (
    one.title === other.title &&
    one.database === other.database &&
    one.period.fromMs === other.period.fromMs &&
    one.period.untilMs === other.period.untilMs &&
    one.host === other.host &&
    one.port === other.port &&
    one.process === other.process &&
    (one.waiting ?? false) === (other.waiting ?? false)
  );
}
