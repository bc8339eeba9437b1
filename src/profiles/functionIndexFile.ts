import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What the index of a directory's profiles is called: hidden, and so never taken for a profile. */
export const INDEX_NAME = '.hotline-index';

/** First line of an index; another number stands for another layout. */
export const INDEX_HEAD = 'hotline-index 2\n';

/** Beginning of the first line of an index of any version. */
export const INDEX_KIND = 'hotline-index ';

/** Bytes that are read at a time. */
const CHUNK = 4 * 1024 * 1024;

/** A line longer than this is not one of ours; a profile of 100,000 functions has a tenth of it. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** A link in place of the index leads to a file that is none of ours; Windows lacks the flag. */
const NOT_THROUGH_LINKS = constants.O_NOFOLLOW;

/** Opens a regular file for reading; `undefined` where there is none, or it may not be read. */
export function openToRead(path: string): number | undefined {
  try {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    const file = openSync(path, flags | NOT_THROUGH_LINKS);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch {
    // An index that cannot be read is lost, and made anew.
  }
  return undefined;
}

/**
 * Opens the regular file of an index for reading and appending, and makes it when it is not there.
 * @throws the system's error where that is not allowed
 */
export function openToAppend(path: string): number {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
  const file = openSync(path, flags | NOT_THROUGH_LINKS | constants.O_NONBLOCK);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw Object.assign(new Error(`${path} is not a regular file.`), { code: 'EISDIR' });
}

/** The first bytes of an open file as text. */
export function headOf(file: number): string {
  const bytes = Buffer.alloc(INDEX_HEAD.length);
  return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
}

/** The complete lines of an open file after the first one; a last line without its end is torn. */
export function* linesAfterHead(file: number): Generator<Buffer> {
  let position = INDEX_HEAD.length;
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const count = readSync(file, chunk, 0, CHUNK, position);
    if (count === 0 || rest.length > LONGEST_LINE) return;
    position += count;
    const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}
