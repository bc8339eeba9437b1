import { damaged } from '../failures';
import { decodeBytes } from './text';

const simpleEscapes = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);

/** Reads the `repr` of a Python 2 `str`, as the STRING opcode holds it. */
export function parseStringRepr(line: string): string {
  const text = line.trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) {
    throw damaged('pickle', 'a string has no quotes');
  }
  const raw = text
    .slice(1, -1)
    .replace(/\\(x[0-9a-fA-F]{2}|[^])/g, (_, escape: string) =>
      escape.length === 3
        ? String.fromCharCode(parseInt(escape.slice(1), 16))
        : (simpleEscapes.get(escape) ?? escape),
    );
  return decodeBytes(Buffer.from(raw, 'latin1'));
}

/** Decodes "raw-unicode-escape", as the UNICODE opcode holds it: Latin-1 but for `\uXXXX` and `\UXXXXXXXX`. */
export function decodeRawUnicodeEscape(line: string): string {
  return line.replace(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g,
    (_, short: string | undefined, long: string | undefined) => {
      const point = parseInt(short ?? long ?? '', 16);
      if (point > 0x10ffff) throw damaged('pickle', 'a character does not exist');
      return String.fromCodePoint(point);
    },
  );
}
