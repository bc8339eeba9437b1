import { isUtf8 } from 'node:buffer';
import type { Random } from './random';

/** Numbers that are none, have no place in a sum, or stand for something in JavaScript. */
const oddNumbers = [
  'NaN',
  'nan',
  '-inf',
  'Infinity',
  '-1',
  '-0',
  '0',
  '',
  '1e999',
  '1e308',
  '-1e308',
  '5e-324',
  '0.1',
  '2147483648',
  '4294967295',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775809',
  '1'.repeat(400),
  '0x7fffffff',
  'null',
  'true',
  '[]',
  '{}',
  '"7"',
];

/** Names that are properties of every object, markup, control characters, or nothing. */
const oddNames = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '</script><img src=x onerror=alert(1)>',
  '\x00',
  '\x1b[2J\x07',
  '\r',
  '\u202e\u2066',
  '\ufeff',
  '\ud83d\ude00',
  '`${x}`|$(x)',
  ';',
  '/',
  '~',
  '..\\..',
  'n'.repeat(10_000),
];

type TextMutation = (text: string, random: Random) => string;

const textMutations: readonly TextMutation[] = [
  (text, random) => replaceOne(text, /-?\d+(?:\.\d+)?/g, () => random.oneOf(oddNumbers), random),
  (text, random) => replaceOne(text, /[^\W\d]\w*/g, () => random.oneOf(oddNames), random),
  (text, random) => exchange(text, /\d+/g, random),
  (text, random) => exchange(text, /[^\W\d]\w*/g, random),
  changeLines,
];

/** Whether a file is likely text, and can be changed as such. */
export function isText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 512);
  return !start.includes(0) && (isUtf8(bytes) || isUtf8(start));
}

/** Changes a number, a name or a line. */
export function changeText(bytes: Buffer, random: Random): Buffer {
  return Buffer.from(random.oneOf(textMutations)(bytes.toString('utf8'), random));
}

/** Replaces one of what the pattern finds from a random place on. */
function replaceOne(text: string, pattern: RegExp, by: () => string, random: Random): string {
  const found = findFrom(text, pattern, random.below(text.length + 1));
  if (!found) return text;
  return text.slice(0, found.start) + by() + text.slice(found.end);
}

/** Writes one of what the pattern finds in the place of another: ids meet, references go round. */
function exchange(text: string, pattern: RegExp, random: Random): string {
  const other = findFrom(text, pattern, random.below(text.length + 1));
  if (!other) return text;
  return replaceOne(text, pattern, () => text.slice(other.start, other.end), random);
}

function findFrom(
  text: string,
  pattern: RegExp,
  from: number,
): { start: number; end: number } | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : undefined;
}

/** Leaves a line out, repeats it, or moves it. */
function changeLines(text: string, random: Random): string {
  const lines = text.split('\n');
  const [line = ''] = lines.splice(random.below(lines.length), 1);
  for (let copies = random.below(3); copies > 0; copies--) {
    lines.splice(random.below(lines.length + 1), 0, line);
  }
  return lines.join('\n');
}
