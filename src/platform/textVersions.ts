/** A text of a file, and when it was written. */
export interface TextVersion {
  readonly text: string;
  /** Milliseconds since the Unix epoch. */
  readonly modifiedMs: number;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

/** What tells which version of a file a profile is of. */
export interface ProfiledVersion {
  /** Of the file as it ran, where the profiler recorded it. */
  readonly sha256: string | undefined;
  /**
   * When the profiled request ended, milliseconds since the Unix epoch. Profile names tell it in
   * whole seconds, cut off: such a time means any moment of that second.
   */
  readonly takenMs: number | undefined;
}

/**
 * The version of a file that was profiled: by its content where the profile has the hash of it, else
 * the last one that was written before the profile was taken. Where no time is known, the last one.
 *
 * @param versions in the order in which they were written
 */
export function profiledVersion(
  versions: readonly TextVersion[],
  { sha256, takenMs }: ProfiledVersion,
): TextVersion | undefined {
  if (sha256 !== undefined) return versions.findLast((version) => version.sha256 === sha256);
  if (takenMs === undefined) return versions.at(-1);
  const latest = Number.isInteger(takenMs / 1000) ? takenMs + 999 : takenMs;
  return versions.findLast(({ modifiedMs }) => Math.floor(modifiedMs) <= latest);
}
