import { isCost } from '../encoding/numbers';

/** A line of a file. */
export interface LineRow {
  readonly kind: 'line';
  readonly line: number;
  readonly hits: number;
  /** Seconds of the line itself. */
  readonly time: number;
  readonly source: string;
}

/** The calls of one function that the line above made. */
export interface CallRow {
  readonly kind: 'call';
  readonly hits: number;
  /** Seconds of the calls and of all that they called. */
  readonly time: number;
  readonly callee: Definition;
}

/** A function by its place. */
export interface Definition {
  readonly name: string;
  readonly file: string;
  /** First line. */
  readonly line: number;
}

const titles = 'Line #|      Hits|         Time| Time per hit|      %|Source code';
const rule = titles.replace(/[^|]/g, '-').replaceAll('|', '+');

/** Hits, time, time per hit and share. */
const numbers = ' *(\\d+)\\| *([^|\\s]+)\\| *[^|\\s]+\\| *[^|\\s]+%\\|';
const lineRow = new RegExp(`^ *(\\d+)\\|${numbers}(.*)$`, 's');
const callRow = new RegExp(`^\\(call\\)\\|${numbers}# (.+):(\\d+) (.+)$`, 's');

export function isTitles(text: string): boolean {
  return text === titles;
}

export function isRule(text: string): boolean {
  return text === rule;
}

/** The file whose table follows, where the text names one. */
export function readFileName(text: string): string | undefined {
  return /^File: (.+)$/s.exec(text)?.[1];
}

/** Whether the text starts like a row, be it one or not. */
export function looksLikeRow(text: string): boolean {
  return /^( *\d+|\(call\))\|/.test(text);
}

/** A row of a table, `undefined` for what is none. */
export function readRow(text: string): LineRow | CallRow | undefined {
  if (text.startsWith('(call)|')) return readCall(text);
  const [, line, hits, time, source] = lineRow.exec(text) ?? [];
  if (source === undefined) return undefined;
  const row = { line: Number(line), hits: Number(hits), time: secondsOf(time) };
  return [row.line, row.hits, row.time].every(isCost)
    ? { kind: 'line', ...row, source }
    : undefined;
}

function readCall(text: string): CallRow | undefined {
  const [, hits, time, file, line, name] = callRow.exec(text) ?? [];
  if (file === undefined || name === undefined) return undefined;
  const row = { hits: Number(hits), time: secondsOf(time) };
  const callee = { name, file, line: Number(line) };
  const isSound = [row.hits, row.time, callee.line].every(isCost);
  return isSound ? { kind: 'call', ...row, callee } : undefined;
}

/** A clock that was set back made the time negative, and tells nothing. */
function secondsOf(text: string | undefined): number {
  return Math.max(0, Number(text));
}
