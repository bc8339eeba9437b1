import * as zlib from 'node:zlib';
import { ProfileError } from '../../model/errors';
import { damaged } from '../failures';

/** How much the samples of a recording may hold. */
const maximumSize = 512 * 1024 * 1024;

/** What Node has from 22.15 on. */
interface Zstd {
  readonly zstdDecompressSync?: (data: Buffer, options: { maxOutputLength: number }) => Buffer;
}

/** @throws ProfileError where the data is damaged or too large, or this Node has no zstd */
export function decompress(data: Buffer): Buffer {
  const { zstdDecompressSync } = zlib as Zstd;
  if (!zstdDecompressSync) {
    throw new ProfileError(
      `The recording is compressed with zstd, which Node ${process.versions.node} cannot read: record with --compression none, or use a newer VS Code.`,
      'unknownFormat',
    );
  }
  try {
    return zstdDecompressSync(data, { maxOutputLength: maximumSize });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ProfileError('The recording holds more than 512 MB, too much to read.', 'tooLarge');
    }
    throw damaged('Tachyon', 'its samples cannot be decompressed', error);
  }
}
