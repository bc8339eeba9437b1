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

/** The error for a file of no format known here. */
export function unknownContent(content: Buffer): ProfileError {
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
