/** How many bytes the numbers of a file take: those of C's `long`, and those of addresses. */
export interface Layout {
  readonly wordSize: 4 | 8;
  readonly addressSize: 4 | 8;
}

/** The header is five words: 0, 3, 0, the period, and 0, or 1 where addresses are longer than words. */
const headerWords = 5;

/** The layout that a header tells; `undefined` where it is none of vmprof's. All numbers are little-endian. */
export function layoutOf(bytes: Buffer): Layout | undefined {
  if (isHeader(bytes, 8)) return { wordSize: 8, addressSize: 8 };
  if (!isHeader(bytes, 4)) return undefined;
  return { wordSize: 4, addressSize: bytes[16] === 1 ? 8 : 4 };
}

/** Where the records begin. */
export function headerLength({ wordSize }: Layout): number {
  return headerWords * wordSize;
}

function isHeader(bytes: Buffer, size: 4 | 8): boolean {
  if (bytes.length < headerWords * size) return false;
  const isWord = (index: number, ...values: readonly number[]): boolean =>
    values.includes(bytes[index * size] ?? -1) &&
    bytes.subarray(index * size + 1, (index + 1) * size).every((byte) => byte === 0);
  const lastWord = size === 4 ? [0, 1] : [0];
  return isWord(0, 0) && isWord(1, 3) && isWord(2, 0) && isWord(4, ...lastWord);
}
