import { writeFileSync } from 'node:fs';
import { FileError, systemReason, UsageError } from './failures';

/** Prints to the end, however large: a pipe takes what it can, and the process ends when all is written. */
export function print(content: string | Uint8Array): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(content);
}

/** Prints a file's content; bytes are for pipes only. */
export function printFile(content: string | Uint8Array): void {
  if (typeof content !== 'string' && process.stdout.isTTY) {
    throw new UsageError('The output is binary: name a file with -o, or give it to a pipe.');
  }
  print(typeof content === 'string' && !content.endsWith('\n') ? `${content}\n` : content);
}

/**
 * Writes a file.
 * @param replace whether one that exists is replaced
 * @throws FileError where it cannot be written
 */
export function writeOutput(file: string, content: string | Uint8Array, replace: boolean): void {
  try {
    writeFileSync(file, content, { flag: replace ? 'w' : 'wx' });
  } catch (error) {
    throw new FileError(`${file}: ${systemReason(error)}`, { cause: error });
  }
}
