import { isUtf8 } from 'node:buffer';
import { ProfileError } from '../model/errors';
import { startsWithText } from './encoding/text';

/** How other kinds of files start, as Latin-1. */
const otherKinds: readonly (readonly [start: string, kind: string])[] = [
  ['\x89PNG', 'an image'],
  ['\xff\xd8\xff', 'an image'],
  ['GIF8', 'an image'],
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['SQLite format 3', 'a database'],
  ['\x7fELF', 'a program'],
  ['<!DOCTYPE html', 'an HTML page'],
  ['<!doctype html', 'an HTML page'],
  ['<html', 'an HTML page'],
  ['<svg', 'an SVG image'],
  ['<?xml', 'an XML document'],
  ['{', 'JSON of another tool'],
  ['[', 'JSON of another tool'],
];

/** How much of the file is looked at for what a tool writes. */
const headLength = 64 * 1024;

/** Files of profilers that cannot be shown, by what they hold, as Latin-1, with what to do instead. */
const otherProfiles: readonly (readonly [content: RegExp, advice: string])[] = [
  [
    /^ {2}_ +\._ +__\/__ .* Recorded: /m,
    'This is the text that pyinstrument prints, which leaves out too much to be read: run it again with `-r session -o FILE`, or `--load-prev ID -r session -o FILE`, and open that file.',
  ],
  [
    /^\x80[^]{0,2000}?pympler\.classtracker/,
    'This is a recording of pympler’s ClassTracker, which tells of objects by class and of no function or line: use memory_profiler or Hotline’s own profiler to see where memory grows.',
  ],
];

/** The error for a file of no format known here. */
export function unknownContent(content: Buffer): ProfileError {
  const head = content.toString('latin1', 0, headLength);
  const [, advice] = otherProfiles.find(([pattern]) => pattern.test(head)) ?? [];
  if (advice !== undefined) return new ProfileError(advice, 'unknownFormat');
  return new ProfileError(
    `This is not a profile that Hotline reads: it looks like ${kindOf(content)}.`,
    'unknownFormat',
  );
}

function kindOf(content: Buffer): string {
  const other = otherKinds.find(([start]) => startsWithText(content, start));
  if (other) return other[1];
  const start = content.subarray(0, 4096);
  return isUtf8(start) && !start.includes(0) ? 'plain text' : 'binary data of another tool';
}
