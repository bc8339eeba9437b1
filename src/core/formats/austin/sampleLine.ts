import type { ThreadIdentity } from './recording';

/** One sample as a line of text has it. */
export interface SampleLine {
  /** Process and thread as the line names them. */
  readonly thread: string;
  /** Frames from the root, joined by semicolons; empty where none ran. */
  readonly stack: string;
  readonly metrics: LineMetrics;
}

/** The numbers of a line: one, which the mode of the recording names, or all of them. */
export type LineMetrics =
  | { readonly kind: 'single'; readonly value: number }
  | {
      readonly kind: 'full';
      /** Microseconds. */
      readonly time: number;
      /** Memory taken, or given back where it is negative. */
      readonly memory: number;
      readonly isIdle: boolean;
    };

const single = / (-?\d{1,20})$/;

/** Time, whether idle, memory: since 3.0. */
const full = / (\d{1,20}),([01]),(-?\d{1,20})$/;

/** Time, memory taken, memory given back (not above 0): until 2.1. */
const oldFull = / (\d{1,20}) (-?\d{1,20}) (-?\d{1,20})$/;

/** Longer than any numbers: the end of a line is searched, however long it is. */
const longestNumbers = 80;

/** `Process` came with 1.0, the short form with 2.0, the number of the interpreter with 3.6. */
const thread = /^(?:(?:Process (\d+);)?Thread ([0-9a-f]+)|P(\d+);T(?:(\d+):)?([0-9a-f]+))(?=[; ])/i;

/** Takes a line apart; `undefined` where it is no sample. */
export function parseSampleLine(line: string): SampleLine | undefined {
  const name = thread.exec(line)?.[0];
  if (name === undefined) return undefined;
  const tail = line.slice(-longestNumbers);
  const numbers = full.exec(tail) ?? oldFull.exec(tail) ?? single.exec(tail);
  if (!numbers) return undefined;
  const end = line.length - numbers[0].length;
  if (end < name.length) return undefined;
  return { thread: name, stack: line.slice(name.length + 1, end), metrics: metricsOf(numbers) };
}

function metricsOf([text, ...groups]: RegExpExecArray): LineMetrics {
  const [first = 0, second = 0, third = 0] = groups.map(Number);
  if (groups.length === 1) return { kind: 'single', value: first };
  return text.includes(',')
    ? { kind: 'full', time: first, memory: third, isIdle: second === 1 }
    : { kind: 'full', time: first, memory: second + third, isIdle: false };
}

/** What the text of a thread names. */
export function parseThread(text: string): ThreadIdentity {
  const [, oldProcess, oldThread, process, interpreter, id] = thread.exec(`${text};`) ?? [];
  return {
    process: process ?? oldProcess,
    interpreter: interpreter ?? '0',
    thread: id ?? oldThread ?? '',
  };
}
