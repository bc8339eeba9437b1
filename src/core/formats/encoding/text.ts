import { isUtf8 } from 'node:buffer';
import { ProfileError } from '../../model/errors';

/** The longest string that V8 can hold, in UTF-16 units. */
const longestString = 0x1fffffe8;

/** The whole file as text. */
export function wholeText(bytes: Buffer): string {
  if (bytes.length > longestString) {
    throw new ProfileError('The file is larger than 512 MB, too large to read.', 'tooLarge');
  }
  return bytes.toString('utf8');
}

/** Decodes a Python 3 `str`: UTF-8 in which lone surrogates take three bytes ("surrogatepass"). */
export function decodeUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? decodeSurrogates(bytes) : text;
}

/**
 * Decodes bytes that are a Python 3 `str` or a Python 2 one, which has no encoding: as UTF-8 where
 * they are that, else as Latin-1.
 */
export function decodeBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const text = decodeSurrogates(bytes);
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}

function decodeSurrogates(bytes: Buffer): string {
  let text = '';
  let decoded = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const second = bytes[at + 1];
    const third = bytes[at + 2];
    if (second === undefined || second < 0xa0) continue;
    if (third === undefined || third >> 6 !== 0b10) continue;
    text += bytes.toString('utf8', decoded, at);
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    decoded = at + 3;
  }
  return text + bytes.toString('utf8', decoded);
}

/** UTF-8 without a byte order mark, from UTF-8 or UTF-16 with one. Bytes without a mark stay as they are. */
export function withoutByteOrderMark(bytes: Buffer): Buffer {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  const bigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  const littleEndian = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!bigEndian && !littleEndian) return bytes;
  const words = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
  if (bigEndian) words.swap16();
  return Buffer.from(words.toString('utf16le'), 'utf8');
}

/** Whether the text, after leading blanks, starts with these ASCII characters. */
export function startsWithText(bytes: Buffer, start: string): boolean {
  let at = 0;
  while (at < bytes.length && isBlank(bytes[at])) at++;
  return bytes.toString('latin1', at, at + start.length) === start;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
