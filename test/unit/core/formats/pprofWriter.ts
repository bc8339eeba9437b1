/** Writes `profile.proto` messages for tests, byte by byte. */

/** A field of a message: a number, a text, a message, or numbers packed into one. */
export type Field = readonly [number: number, value: number | bigint | string | Buffer];

export function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.map(encode));
}

export function packed(...values: readonly (number | bigint)[]): Buffer {
  return Buffer.concat(values.map(varint));
}

function encode([number, value]: Field): Buffer {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Buffer.concat([varint(number * 8), varint(value)]);
  }
  const content = Buffer.from(value as string);
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
