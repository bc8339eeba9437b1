import { decodeBytes } from '../encoding/text';

const simpleEscapes = new Map([
  ['\n', ''],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);

const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([^]))/g;

const lastCodePoint = 0x10ffff;

/**
 * The text of a Python string literal, given without its quotes.
 *
 * @param isUnicode whether escapes are characters; without a mark they are that in Python 3, but
 * bytes in Python 2, so that they are taken for bytes where they make sense as UTF-8
 */
export function decodeLiteral(literal: string, isUnicode: boolean): string {
  if (!literal.includes('\\')) return literal;
  const text = literal.replace(
    escape,
    (_, byte?: string, short?: string, long?: string, octal?: string, other?: string) => {
      const hexadecimal = byte ?? short ?? long;
      if (hexadecimal !== undefined) return character(parseInt(hexadecimal, 16));
      if (octal !== undefined) return character(parseInt(octal, 8));
      return simpleEscapes.get(other ?? '') ?? other ?? '';
    },
  );
  const isBytes = !isUnicode && !/[^\0-\xff]/.test(text);
  return isBytes ? decodeBytes(Buffer.from(text, 'latin1')) : text;
}

function character(codePoint: number): string {
  return codePoint > lastCodePoint ? '\ufffd' : String.fromCodePoint(codePoint);
}
