import { startsWithText, wholeText } from '../encoding/text';

/** What stands before the session: in pages of 4.4 and later, and of those before. */
const assignments = ['const sessionData = {', 'window.profileSession = {'];

/** The JSON of the session that an HTML page of pyinstrument shows, `undefined` in any other file. */
export function sessionInPage(bytes: Buffer): string | undefined {
  if (!startsWithText(bytes, '<!DOCTYPE html')) return undefined;
  for (const assignment of assignments) {
    const at = bytes.indexOf(assignment, 0, 'latin1');
    if (at >= 0) return statement(bytes, at + assignment.length - 1);
  }
  return undefined;
}

/** The rest of a line, without its semicolon. */
function statement(bytes: Buffer, start: number): string {
  const end = bytes.indexOf('\n', start);
  const line = bytes.subarray(start, end < 0 ? bytes.length : end);
  return wholeText(line).replace(/;?\s*$/, '');
}
