import { lineNumber } from './numbers';

/** What the text of a frame tells. */
export interface FrameText {
  readonly name: string;
  readonly file: string | undefined;
  /** 1-based; whether it is the executing line or that of the definition, the text does not tell. */
  readonly line: number | undefined;
}

/** `file:function:line`, as pyflame, austin 3 and Tachyon write it; `undefined` where it is not that. */
export function parseFileFunctionLine(text: string): FrameText | undefined {
  const { rest, line } = splitLine(text);
  if (line === undefined) return undefined;
  const colon = rest.lastIndexOf(':');
  if (colon < 1 || colon === rest.length - 1) return undefined;
  return { name: rest.slice(colon + 1), file: rest.slice(0, colon), line: lineNumber(line) };
}

/** `file:function`, as `pyflame -n` writes it; `undefined` where the file is none of Python. */
export function parseFileFunction(text: string): FrameText | undefined {
  const colon = text.lastIndexOf(':');
  const file = text.slice(0, Math.max(0, colon));
  if (colon === text.length - 1 || !/(\.py[a-z]?|>)$/.test(file)) return undefined;
  return { name: text.slice(colon + 1), file, line: undefined };
}

/** `function (file:line)` or `function (file)`, as py-spy, austin 1 and plop write it. */
export function parseFunctionInFile(text: string): FrameText | undefined {
  const open = openingOf(text);
  if (open < 2 || text[open - 1] !== ' ' || open === text.length - 2) return undefined;
  const { rest, line } = splitLine(text.slice(open + 1, -1));
  if (rest === '') return undefined;
  return {
    name: text.slice(0, open - 1),
    file: rest,
    line: line === undefined ? undefined : lineNumber(line),
  };
}

/** Takes the number behind the last colon off. */
function splitLine(text: string): { rest: string; line: number | undefined } {
  const colon = text.lastIndexOf(':');
  const digits = text.slice(colon + 1);
  if (colon < 0 || !/^\d{1,15}$/.test(digits)) return { rest: text, line: undefined };
  return { rest: text.slice(0, colon), line: Number(digits) };
}

/** Where the parenthesis opens that closes at the end of the text: paths and names may hold others. */
function openingOf(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(') depth--;
    if (depth === 0) return at;
  }
  return -1;
}
