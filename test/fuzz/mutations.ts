import { gzipSync } from 'node:zlib';
import { startsWithText } from '../../src/core/formats/encoding/text';
import { changeJson, changePageData, isJson } from './jsonMutations';
import { nest } from './nesting';
import type { Random } from './random';
import { changeText, isText } from './textMutations';

/** Changes a file. What there is to change is given; the result may be the same file. */
type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** The largest file that is made of a sample: large enough to see work that grows with its square. */
export const largestGrown = 512 * 1024;

/** Bytes that mean something to some format: sizes, signs, marks, quotes, references, ends of lines. */
const meaningful = Buffer.from(
  '\x00\x01\x7f\x80\xff(){}[]0riutRNgfl=:;,\n "\\-+*.e9\xfb\xa9\x0a\x12\x1a\x22',
  'latin1',
);

/** Sizes and indexes at the ends of their types, in the forms in which binary formats write them. */
const hugeNumbers = [
  'ff',
  '7fff',
  'ffff',
  '7fffffff',
  'ffffff7f',
  'ffffffff',
  '80000000',
  '00000080',
  'ffffffffffffff7f',
  '7fffffffffffffff',
  'ffffffffffffffff',
  'ffffffff0f',
  'ffffffffffffffffff01',
].map((digits) => Buffer.from(digits, 'hex'));

/** Doubles, little-endian: NaN, infinities, the largest, the smallest, a negative one. */
const oddDoubles = [NaN, Infinity, -Infinity, 1.7e308, 5e-324, -1, -0].map((value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
});

const mutations: readonly Mutation[] = [
  cut,
  flip,
  flip,
  leaveOut,
  repeat,
  (bytes, random) => overwrite(bytes, random.oneOf(hugeNumbers), random),
  (bytes, random) => overwrite(bytes, random.oneOf(oddDoubles), random),
  copyWithin,
  grow,
  nest,
];

/**
 * Breaks a file in one to three ways. About one result in twenty is gzipped, and half of these are
 * damaged after that.
 *
 * @param others further files, whose ends the result may get
 */
export function broken(bytes: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let result = random.below(10) === 0 ? joined(bytes, random.oneOf(others), random) : bytes;
  const ofKind = mutationsOfKind(bytes);
  for (let times = 1 + random.below(3); times > 0 && result.length > 0; times--) {
    const isOfKind = ofKind.length > 0 && random.below(4) > 0;
    result = random.oneOf(isOfKind ? ofKind : mutations)(result, random);
  }
  return random.below(20) === 0 ? zipped(result, random) : result;
}

/** What leaves a file of its kind, and so gets deeper into its reader than other changes do. */
function mutationsOfKind(bytes: Buffer): readonly Mutation[] {
  if (isJson(bytes)) return [changeJson, changeJson, changeText];
  if (startsWithText(bytes, '<')) return [changePageData];
  return isText(bytes) ? [changeText] : [];
}

function cut(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, random.below(bytes.length));
}

/** Changes a few bytes, or a bit of them. */
function flip(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  for (let flips = 1 + random.below(4); flips > 0; flips--) {
    const at = random.below(changed.length);
    const flipped = (changed[at] ?? 0) ^ (1 << random.below(8));
    changed[at] = random.below(2) === 0 ? flipped : random.oneOf(meaningful);
  }
  return changed;
}

/** A random piece of the file, short ones as likely as long ones. */
function piece(bytes: Buffer, random: Random): { start: number; end: number } {
  const start = random.below(bytes.length);
  const length = 1 + random.below(2 ** (1 + random.below(12)));
  return { start, end: Math.min(bytes.length, start + length) };
}

function leaveOut(bytes: Buffer, random: Random): Buffer {
  const { start, end } = piece(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function repeat(bytes: Buffer, random: Random): Buffer {
  const { start, end } = piece(bytes, random);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
}

/** Repeats a piece until the file is large. */
function grow(bytes: Buffer, random: Random): Buffer {
  const { start, end } = piece(bytes, random);
  const room = Math.max(0, random.below(largestGrown) - bytes.length);
  const copies = Array<Buffer>(Math.floor(room / (end - start))).fill(bytes.subarray(start, end));
  return Buffer.concat([bytes.subarray(0, end), ...copies, bytes.subarray(end)]);
}

function overwrite(bytes: Buffer, by: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  by.copy(changed, random.below(changed.length));
  return changed;
}

/** Writes a few bytes of one place over those of another, which makes references go astray or round. */
function copyWithin(bytes: Buffer, random: Random): Buffer {
  const from = random.below(bytes.length);
  return overwrite(bytes, bytes.subarray(from, from + 1 + random.below(8)), random);
}

/** The beginning of one file and the end of another. */
function joined(first: Buffer, second: Buffer, random: Random): Buffer {
  const end = random.below(first.length + 1);
  return Buffer.concat([first.subarray(0, end), second.subarray(random.below(second.length + 1))]);
}

function zipped(bytes: Buffer, random: Random): Buffer {
  const whole = gzipSync(bytes, { level: 1 });
  return random.oneOf([(same: Buffer) => same, cut, flip])(whole, random);
}
