/** What tells whether a file is still the one that was profiled. */
export interface FileFacts {
  /** Whether the editor holds changes that are not saved. */
  readonly dirty: boolean;
  /** When the file was last written, milliseconds since the Unix epoch; `undefined` if not known. */
  readonly modifiedMs: number | undefined;
  /** Whether it has the very content that was profiled; `undefined` if not known. */
  readonly isSame?: boolean | undefined;
}

/**
 * Whether a file changed since the profile was taken: by its content where the profile has the hash
 * of it, else by its time.
 *
 * @param takenMs when the profiled request ended, milliseconds since the Unix epoch. Profile names
 *   tell it in whole seconds, cut off: such a time means any moment of that second.
 */
export function isStale(file: FileFacts, takenMs: number | undefined): boolean {
  if (file.dirty) return true;
  if (file.isSame !== undefined) return !file.isSame;
  if (file.modifiedMs === undefined || takenMs === undefined) return false;
  const latest = Number.isInteger(takenMs / 1000) ? takenMs + 999 : takenMs;
  return Math.floor(file.modifiedMs) > latest;
}
