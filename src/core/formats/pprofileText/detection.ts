import { isRule, isTitles, readFileName, readRow } from './rows';

/** What stands above the first table. */
const start =
  /^Total duration: [\d.e+-]+s\r?\nFile: [^\n]+\nFile duration: [\d.e+-]+s \([\d.]+%\)\r?\n/m;

/** Whether a report starts in the text: its first table has a row, and nothing but rows. */
export function startsReport(head: string): boolean {
  const found = head.includes('Total duration: ') ? start.exec(head) : null;
  if (!found) return false;
  const lines = head.slice(found.index + found[0].length).split('\n');
  // The last line may be cut off by the end of the head.
  const [titles = '', rule = '', ...rows] = lines.slice(0, -1).map((line) => line.trimEnd());
  if (!isTitles(titles) || !isRule(rule) || rows.length === 0) return false;
  const end = rows.findIndex((line) => readFileName(line) !== undefined);
  return rows.slice(0, end < 0 ? undefined : end).every((line) => readRow(line) !== undefined);
}
