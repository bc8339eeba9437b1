/** Columns of text, the one without a title among them; all others hold numbers. */
const TEXT_COLUMNS = new Set(['', 'Call', 'Called by', 'Statement']);

/** A Markdown table without the columns that are empty in all rows; the cells are Markdown already. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.filter((_, column) => rows.some((row) => row[column] !== '')).join(' | ')} |`;
  const aligned = titles.map((title) => (TEXT_COLUMNS.has(title) ? ':---' : '---:'));
  return [titles, aligned, ...rows].map(line).join('\n');
}
