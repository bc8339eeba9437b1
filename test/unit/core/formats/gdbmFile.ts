/** Writes databases of gdbm with one bucket, so that tests can have those of any machine. */

/** How a machine lays out the structures; all sizes in bytes. */
export interface GdbmLayout {
  readonly magic: number;
  readonly isLittleEndian: boolean;
  readonly offsetSize: 4 | 8;
  /** Of a bucket without its elements. */
  readonly bucketHead: number;
}

const blockSize = 512;

export function gdbmFile(
  { magic, isLittleEndian, offsetSize, bucketHead }: GdbmLayout,
  entries: readonly (readonly [key: string, value: string])[],
): Buffer {
  const data = Buffer.from(entries.flat().join(''));
  const file = Buffer.concat([Buffer.alloc(3 * blockSize), data]);
  let at = 0;
  const int32 = (value: number): void => {
    if (isLittleEndian) file.writeInt32LE(value | 0, at);
    else file.writeInt32BE(value | 0, at);
    at += 4;
  };
  const offset = (value: number): void => {
    if (offsetSize === 8 && !isLittleEndian) int32(0);
    int32(value);
    if (offsetSize === 8 && isLittleEndian) int32(0);
  };
  const elementSize = 16 + offsetSize;
  const elements = Math.floor((blockSize - bucketHead) / elementSize);
  [magic, blockSize].forEach(int32);
  offset(blockSize);
  [2 * offsetSize, 1, blockSize, elements].forEach(int32);
  at = blockSize;
  offset(2 * blockSize);
  offset(2 * blockSize);
  let position = 3 * blockSize;
  for (let index = 0; index < elements; index++) {
    at = 2 * blockSize + bucketHead + index * elementSize;
    // Elements stand where their hash puts them, with free ones in between.
    const entry = index % 2 === 1 ? entries[(index - 1) / 2] : undefined;
    int32(entry ? 1234 + index : -1);
    if (!entry) continue;
    const [key, value] = entry.map((text) => Buffer.byteLength(text));
    int32(0);
    offset(position);
    [key ?? 0, value ?? 0].forEach(int32);
    position += (key ?? 0) + (value ?? 0);
  }
  return file;
}
