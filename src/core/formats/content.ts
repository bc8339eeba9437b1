import { gunzipSync } from 'node:zlib';
import { ProfileError } from '../model/errors';
import { withoutByteOrderMark } from './encoding/text';
import { truncated } from './failures';

/** How much a gzipped file may hold. */
const maximumUnzipped = 512 * 1024 * 1024;

/**
 * The bytes that a format reads: unzipped where they are gzipped, and text without a byte order mark.
 * @throws ProfileError where the file is empty, or its gzip data is damaged or too large
 */
export function contentOf(bytes: Buffer): Buffer {
  if (bytes.length === 0) {
    throw new ProfileError(
      'The file is empty: the server was stopped before it wrote the profile, or is still writing it.',
      'incomplete',
    );
  }
  return withoutByteOrderMark(isGzipped(bytes) ? unzip(bytes) : bytes);
}

function isGzipped(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unzip(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumUnzipped });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw truncated();
    if (code !== 'ERR_BUFFER_TOO_LARGE') {
      throw new ProfileError('The gzip data is damaged.', 'broken', { cause: error });
    }
    throw new ProfileError(
      'The gzipped file holds more than 512 MB, too much to read.',
      'tooLarge',
      {
        cause: error,
      },
    );
  }
}
