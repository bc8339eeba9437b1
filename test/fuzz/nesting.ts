import type { Random } from './random';

/** How large a file may become by nesting. */
const largestNested = 256 * 1024;

/** Where a piece of a file starts, and where it ends. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const open = { square: 0x5b, curly: 0x7b };
const close = { square: 0x5d, curly: 0x7d };
const quote = 0x22;
const backslash = 0x5c;

/**
 * Puts a piece of the file into itself again and again. Of a file with brackets an array or object
 * goes into the place of one within it, so that JSON stays JSON and a tree becomes a deep one.
 */
export function nest(bytes: Buffer, random: Random): Buffer {
  const spans = bracketed(bytes);
  const outer = spans.length > 0 ? random.oneOf(spans) : anySpan(bytes, random);
  const within = spans.filter(({ start, end }) => start > outer.start && end < outer.end);
  const inner = within.length > 0 ? random.oneOf(within) : middleOf(outer);
  const before = bytes.subarray(outer.start, inner.start);
  const after = bytes.subarray(inner.end, outer.end);
  const size = Math.max(1, before.length + after.length);
  const depth = Math.floor(random.below(largestNested) / size);
  return Buffer.concat([
    bytes.subarray(0, outer.start),
    ...Array<Buffer>(depth).fill(before),
    bytes.subarray(outer.start, outer.end),
    ...Array<Buffer>(depth).fill(after),
    bytes.subarray(outer.end),
  ]);
}

/** The arrays and objects of JSON, or what looks like them. */
function bracketed(bytes: Buffer): Span[] {
  const spans: Span[] = [];
  const starts: number[] = [];
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) inString = !inString;
    else if (inString) at += Number(byte === backslash);
    else if (byte === open.square || byte === open.curly) starts.push(at);
    else if (byte === close.square || byte === close.curly) {
      const start = starts.pop();
      if (start !== undefined) spans.push({ start, end: at + 1 });
    }
  }
  return spans;
}

function anySpan(bytes: Buffer, random: Random): Span {
  const start = random.below(bytes.length);
  return { start, end: Math.min(bytes.length, start + 1 + random.below(64)) };
}

function middleOf({ start, end }: Span): Span {
  const middle = (start + end) >> 1;
  return { start: middle, end: middle };
}
