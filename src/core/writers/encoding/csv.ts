/** A cell: text is guarded, a number stays a number, and what is unknown stays empty. */
export type Cell = string | number | boolean | undefined;

/** What makes a spreadsheet run a text as a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/;

/**
 * Comma-separated values by RFC 4180. An apostrophe before a text that a spreadsheet would run as a
 * formula keeps it a text: names in a profile are whatever its writer chose.
 */
export function csv(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header.map(cellText).join(',')];
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cellText(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Whether a text changes in a cell. */
export function isGuarded(text: string): boolean {
  return formula.test(text);
}
