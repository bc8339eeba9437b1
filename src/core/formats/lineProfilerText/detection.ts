import { contentsColumn, isBetweenRows, readRow } from './rows';

const unit = 'Timer unit: [\\d.e+-]+ s\\r?$';
const atStart = new RegExp(`^\\s*${unit}`, 'm');
const afterProgram = new RegExp(`^Wrote profile results to .*\\n${unit}`, 'm');

/** What may stand between the unit and a table. */
const beforeTable = [
  /^\s*$/,
  /^Total time: \S+ s$/,
  /^File: .+$/,
  /^Function: .+ at line \d+$/,
  /^Could not find file .+$/,
  /^Are you sure you are running this program from the same directory$/,
  /^that you ran the profiler from\?$/,
  /^Continuing without the function's contents\.$/,
  /^ *[\d.]+ seconds - .+:\d+ - .+$/,
];

/**
 * Whether a text is line_profiler's from its unit to the end of its first table, and not one that
 * quotes some lines of it.
 * @param head the beginning of the text, the last line of which may be cut off
 */
export function holdsTable(head: string): boolean {
  const found = atStart.exec(head);
  const start = found?.index === 0 ? found : afterProgram.exec(head);
  if (!start) return false;
  const rest = head.slice(start.index + start[0].length + 1);
  const lines = rest
    .slice(0, rest.lastIndexOf('\n') + 1)
    .split(/\r?\n/)
    .slice(0, -1);
  let contents: number | undefined;
  for (const line of lines) {
    if (contents === undefined) {
      contents = contentsColumn(line);
      if (contents === undefined && !beforeTable.some((pattern) => pattern.test(line)))
        return false;
    } else if (line.trim() === '') {
      return true;
    } else if (!isBetweenRows(line, contents) && !readRow(line, contents)) {
      return false;
    }
  }
  return true;
}
