import { gunzipSync } from 'node:zlib';
import { ProfileError } from '../model/errors';
import { withoutByteOrderMark } from './encoding/text';
import { truncated } from './failures';

const megabyte = 1024 * 1024;

/**
 * How many bytes a gzipped file may hold: far more than profiles compress to, and less than a file
 * made for it could fill the memory with, which is a thousand times its size.
 */
function maximumUnzipped(fileSize: number): number {
  return Math.min(512 * megabyte, 32 * megabyte + 16 * fileSize);
}

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
  const maxOutputLength = maximumUnzipped(bytes.length);
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw truncated();
    if (code !== 'ERR_BUFFER_TOO_LARGE') {
      throw new ProfileError('The gzip data is damaged.', 'broken', { cause: error });
    }
    const size = Math.floor(maxOutputLength / megabyte);
    throw new ProfileError(
      `The gzipped file holds more than ${size} MB, too much for its size: unzip it first.`,
      'tooLarge',
      { cause: error },
    );
  }
}
