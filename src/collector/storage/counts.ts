/**
 * How often stacks were sampled, as one blob: for each stack, by ascending id, the difference to the
 * id before and the count, both as LEB128 (seven bits a byte, the lowest first). A pair takes two or
 * three bytes.
 */

/** Samples by id of the stack. */
export type Counts = Map<number, number>;

/** Bytes of the longest number: 2^53 has eight groups of seven bits. */
const LONGEST = 8;

/** The counts as a blob. */
export function encodeCounts(counts: Counts): Uint8Array {
  const bytes = new Uint8Array(counts.size * 2 * LONGEST);
  let end = 0;
  let before = 0;
  const write = (value: number): void => {
    let rest = value;
    while (rest > 127) {
      bytes[end++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    bytes[end++] = rest;
  };
  for (const [stack, count] of [...counts].sort(([one], [other]) => one - other)) {
    write(stack - before);
    write(count);
    before = stack;
  }
  return bytes.slice(0, end);
}

/**
 * Adds a blob to the sums of stacks, by their ids; what a blob that was cut lacks is left out. A
 * month has millions of counts: nothing is made or called for one of them.
 */
export function addToSums(sums: Float64Array, bytes: Uint8Array): void {
  let stack = 0;
  let offset = 0;
  while (offset < bytes.length) {
    let byte = bytes[offset++] ?? 0;
    stack += byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[offset++] ?? 0;
      stack += (byte & 127) * scale;
    }
    byte = bytes[offset++] ?? 0;
    let count = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[offset++] ?? 0;
      count += (byte & 127) * scale;
    }
    if (stack < sums.length) sums[stack] = (sums[stack] ?? 0) + count;
  }
}

/** Adds a blob to counts. */
export function addCounts(counts: Counts, bytes: Uint8Array): void {
  for (const [stack, count] of decodeCounts(bytes))
    counts.set(stack, (counts.get(stack) ?? 0) + count);
}

/** The stacks of a blob with their counts. */
export function* decodeCounts(
  bytes: Uint8Array,
): Generator<readonly [stack: number, count: number]> {
  let stack = 0;
  let offset = 0;
  const read = (): number => {
    let byte = bytes[offset++] ?? 0;
    let value = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[offset++] ?? 0;
      value += (byte & 127) * scale;
    }
    return value;
  };
  while (offset < bytes.length) {
    stack += read();
    yield [stack, read()];
  }
}
