/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

/** A file cannot be read or written; the message is one sentence that names it. */
export class FileError extends Error {}

/** What the system says about files, as sentences. */
const systemReasons = new Map([
  ['ENOENT', 'There is no such file.'],
  ['EISDIR', 'This is a directory, not a file.'],
  ['EACCES', 'You are not allowed to use the file.'],
  ['EEXIST', 'There is such a file already: --force replaces it.'],
  ['ENOSPC', 'There is no space left.'],
]);

/** A sentence on why a file cannot be used. */
export function systemReason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return systemReasons.get(code) ?? message;
}
