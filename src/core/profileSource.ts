/** Several profiles that are shown as one. */
export interface MergedSource {
  /** What people know it by: `GET /shop/{slug}/ · 12 requests`. */
  readonly title: string;
  /** File system paths, each once. */
  readonly paths: readonly string[];
}

/** What a view can show: the profile of one file, by its file system path, or of several as one. */
export type ProfileSource = string | MergedSource;

/** Whether two sources are one: the same file, or the same files under the same title. */
export function isSameSource(
  one: ProfileSource | undefined,
  other: ProfileSource | undefined,
): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (one.title !== other.title || one.paths.length !== other.paths.length) return false;
  return one.paths.every((path, index) => path === other.paths[index]);
}

/** The files that a source is read from. */
export function pathsOf(source: ProfileSource): readonly string[] {
  return typeof source === 'string' ? [source] : source.paths;
}

/** What a source is called where nothing more is known: the file's name, or the title. */
export function sourceName(source: ProfileSource): string {
  // Webviews know the type, and have no node:path.
  return typeof source === 'string' ? source.replace(/^.*[\\/]/s, '') : source.title;
}
