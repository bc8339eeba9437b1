import { textHead } from '../encoding/textHead';
import { isPythonFrame } from './frames';
import { firstLines, noStack, parseLine } from './lines';
import { splitThread } from './threads';

/** Which kind of folded stacks a file holds. */
export type FoldedKind = 'stacks' | 'stacksampler' | 'flameChart';

/** What a stack does not have: prose has blanks behind its semicolons, binary data control characters. */
// eslint-disable-next-line no-control-regex
const unlikeStack = /^\s|;\s|\s;|;;|[\x00-\x08\x0e-\x1f]/;

const stacksamplerHeader = /^elapsed \d+(\.\d+)?(e[+-]?\d+)?\r?\ngranularity \d+(\.\d+)?/i;

/** What kind of folded stacks it is, by its first lines; `undefined` for another file. */
export function kindOf(bytes: Buffer): FoldedKind | undefined {
  const head = textHead(bytes);
  if (stacksamplerHeader.test(head)) return 'stacksampler';
  const lines = firstLines(head);
  if (isFlameChart(lines)) return 'flameChart';
  return areStacks(lines) ? 'stacks' : undefined;
}

/** Microseconds since the epoch, then a stack that ends in a semicolon, by turns. */
function isFlameChart(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.every((line, index) => {
      if (index % 2 === 0) return /^\d{15,17}$/.test(line.trim());
      return index === lines.length - 1 || line.endsWith(';') || noStack.has(line);
    })
  );
}

/** Whether nine of ten lines may be stacks, and half of them can hardly be anything else. */
function areStacks(lines: readonly string[]): boolean {
  const stacks = lines.map(stackOf).filter((stack) => stack !== undefined);
  const certain = stacks.filter(isCertain);
  return (
    certain.length > 0 && stacks.length >= lines.length * 0.9 && certain.length * 2 >= stacks.length
  );
}

function stackOf(line: string): string | undefined {
  const stack = parseLine(line)?.stack;
  if (stack === undefined || stack === '') return stack;
  const ofProgram = splitThread(stack).stack;
  return unlikeStack.test(ofProgram) ? undefined : stack;
}

/** Whether frames are joined, or a tool of Python wrote one: numbers joined by semicolons are a table. */
function isCertain(stack: string): boolean {
  const { stack: ofProgram, label } = splitThread(stack);
  if (label !== '') return true;
  const frames = ofProgram.split(';');
  if (frames.length > 1) return !frames.every(isNumber);
  return isPythonFrame(ofProgram) || noStack.has(ofProgram);
}

function isNumber(frame: string): boolean {
  return /^[\d.,:/-]*$/.test(frame);
}
