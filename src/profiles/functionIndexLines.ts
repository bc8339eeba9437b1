import type { Unit } from '../core/model/profile';
import { pushInteger, takeInteger, type Cursor } from './packedIntegers';

/** What one line of a function cost in one profile, in the profile's unit. */
export interface IndexedLine {
  /** From the function's definition line, so that it stays when the function moves. */
  readonly offset: number;
  /** 0 where it is not told apart from what the line called. */
  readonly self: number;
  readonly total: number;
}

/** The lines of a function, by its number within its session. */
export interface IndexedLines {
  readonly func: number;
  readonly lines: readonly IndexedLine[];
}

/** What costs of lines are rounded to: there are many of them, and microseconds tell them apart. */
const QUANTUM: Readonly<Record<Unit, number>> = {
  seconds: 1e-6,
  samples: 1e-3,
  bytes: 1,
  events: 1e-3,
};

/**
 * Packs the costs of lines. For each function, ascending by number: the distance from the number
 * before it, the bytes of its lines, and these; for each line the distance from the offset before
 * it, the self cost, and what the total is more. About five bytes a line.
 */
export function encodeLines(functions: readonly IndexedLines[], unit: Unit): Buffer {
  const bytes: number[] = [];
  let before = 0;
  for (const { func, lines } of [...functions].sort((a, b) => a.func - b.func)) {
    const block = blockOf(lines, unit);
    pushInteger(bytes, func - before);
    pushInteger(bytes, block.length);
    for (const byte of block) bytes.push(byte);
    before = func;
  }
  return Buffer.from(bytes);
}

/**
 * The lines of the functions of these numbers, rounded; of all where none are given.
 * @throws RangeError when the bytes are cut off or were never packed
 */
export function decodeLines(
  bytes: Uint8Array,
  unit: Unit,
  wanted?: ReadonlySet<number>,
): Map<number, IndexedLine[]> {
  const found = new Map<number, IndexedLine[]>();
  const cursor = { bytes, at: 0 };
  let func = 0;
  while (cursor.at < bytes.length) {
    func += takeInteger(cursor);
    const end = takeInteger(cursor) + cursor.at;
    if (wanted?.has(func) ?? true) found.set(func, linesUntil(cursor, end, unit));
    cursor.at = end;
  }
  return found;
}

function blockOf(lines: readonly IndexedLine[], unit: Unit): number[] {
  const bytes: number[] = [];
  let before = 0;
  for (const { offset, self, total } of [...lines].sort((a, b) => a.offset - b.offset)) {
    const own = Math.max(0, Math.round(self / QUANTUM[unit]));
    const all = Math.max(own, Math.round(total / QUANTUM[unit]));
    pushInteger(bytes, natural(offset - before));
    pushInteger(bytes, own);
    pushInteger(bytes, all - own);
    before = offset;
  }
  return bytes;
}

function linesUntil(cursor: Cursor, end: number, unit: Unit): IndexedLine[] {
  const lines: IndexedLine[] = [];
  let offset = 0;
  while (cursor.at < end) {
    offset += whole(takeInteger(cursor));
    const own = takeInteger(cursor);
    const all = own + takeInteger(cursor);
    lines.push({ offset, self: own * QUANTUM[unit], total: all * QUANTUM[unit] });
  }
  return lines;
}

/** Whole numbers as natural ones: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. */
function natural(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function whole(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
