import { lineNumber } from '../encoding/numbers';

/** A function as pyinstrument identifies it. */
export interface Identified {
  readonly name: string;
  readonly file: string | undefined;
  readonly firstLine: number | undefined;
  /** The line that ran, where the identifier tells it. */
  readonly line: number | undefined;
}

/** What stands in place of a file where there is none. */
const noFiles = new Set(['', '<built-in>', '<thread>', '<await>', '<out-of-context>']);

/**
 * Takes apart `name NUL file NUL first line`, to which `SOH l<line>`, `SOH c<class>` and others may
 * be added. Frames that pyinstrument makes up, such as `[await]`, are a name alone.
 */
export function parseIdentifier(identifier: string): Identified {
  const [place = '', ...attributes] = identifier.split('\x01');
  const [name = '', file, firstLine] = place.split('\0');
  const line = attributes.find((attribute) => attribute.startsWith('l'));
  return {
    name,
    file: fileName(file),
    firstLine: lineNumber(Number(firstLine)),
    line: line === undefined ? undefined : lineNumber(Number(line.slice(1))),
  };
}

/** The file, `undefined` where pyinstrument has a word for none. */
export function fileName(file: unknown): string | undefined {
  return typeof file === 'string' && !noFiles.has(file) ? file : undefined;
}

/** The name of the thread that a frame stands for, `undefined` where it is a function. */
export function threadName(identifier: string): string | undefined {
  const [name, file] = identifier.split('\0', 2);
  return file === '<thread>' ? name : undefined;
}
