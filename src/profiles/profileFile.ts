import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { ProfileError } from '../core/model/errors';

const MEBIBYTE = 1024 * 1024;

/** The largest file that is read; the largest profile seen in the wild is a tenth of it. */
export const MAXIMUM_BYTES = 512 * MEBIBYTE;

/** Tells one content of a file from another without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * Size and time of a regular file.
 * @throws ProfileError when there is none, or when it is too large to be read.
 */
export function stampOf(path: string): FileStamp {
  const stats = describingFailure(() => statSync(path));
  // Opening a pipe would wait for its writer.
  if (!stats.isFile()) throw new ProfileError('It is not a regular file.', 'broken');
  if (stats.size > MAXIMUM_BYTES) {
    const size = Math.ceil(stats.size / MEBIBYTE);
    throw new ProfileError(
      `It has ${size} MiB; Hotline reads files of up to ${MAXIMUM_BYTES / MEBIBYTE} MiB.`,
      'tooLarge',
    );
  }
  return stamp(stats);
}

/**
 * The bytes of a file that has the given stamp.
 * @throws ProfileError when it cannot be read, or was changed meanwhile.
 */
export function readStamped(path: string, { size, modifiedMs }: FileStamp): Buffer {
  return describingFailure(() => {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.allocUnsafeSlow(size);
      let filled = 0;
      while (filled < size) {
        const count = readSync(file, bytes, filled, size - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      const after = stamp(fstatSync(file));
      if (filled < size || after.size !== size || after.modifiedMs !== modifiedMs) {
        throw new ProfileError('It changed while it was read.', 'incomplete');
      }
      return bytes;
    } finally {
      closeSync(file);
    }
  });
}

function stamp(stats: Stats): FileStamp {
  return { size: stats.size, modifiedMs: stats.mtimeMs };
}

function describingFailure<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    throw new ProfileError(sentenceFor(error), 'broken', { cause: error });
  }
}

function sentenceFor(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return 'The file is gone.';
    case 'EACCES':
    case 'EPERM':
      return 'You have no permission to read it.';
    case undefined:
    default:
      return `The system cannot read it (${code ?? String(error)}).`;
  }
}
