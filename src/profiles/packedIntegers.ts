/** Numbers of more digits than this are no longer exact. */
const MOST_DIGITS = 8;

/** A place in packed bytes. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Appends a natural number: seven bits a byte, the lowest first. */
export function pushInteger(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push(128 + (rest % 128));
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/**
 * Takes the next number.
 * @throws RangeError when the bytes are cut off or were never packed
 */
export function takeInteger(cursor: Cursor): number {
  let value = 0;
  let scale = 1;
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) break;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  throw new RangeError('The costs are cut off.');
}
