/** What a row of a table says, in the text's own words. */
export interface Row {
  readonly line: number;
  /** `undefined` where the line did not run. */
  readonly timing: { readonly hits: string; readonly time: string } | undefined;
}

/** Where in the rows below the contents of lines begin; `undefined` where the text is no titles. */
export function contentsColumn(text: string): number | undefined {
  const isTitles = /^Line # +Hits +Time +Per Hit +% Time +Line Contents/.test(text);
  return isTitles ? text.indexOf('Line Contents') : undefined;
}

/** The rule below the titles, or contents that are too wide for the terminal and go on below. */
export function isBetweenRows(text: string, contents: number): boolean {
  return /^=+$/.test(text) || text.slice(0, contents).trim() === '';
}

/**
 * Reads a row; `undefined` for what is none.
 * @param contents where in the row the contents of the line begin
 */
export function readRow(text: string, contents: number): Row | undefined {
  const [start = '', line] = /^ *(\d+)(?= |$)/.exec(text) ?? [];
  if (line === undefined) return undefined;
  if (text.slice(start.length, contents).trim() === '') {
    return { line: Number(line), timing: undefined };
  }
  const [, hits, time] = /^ +(\S+) +(\S+) +\S/.exec(text.slice(start.length)) ?? [];
  if (hits === undefined || time === undefined) return undefined;
  return { line: Number(line), timing: { hits, time } };
}
