/** Writes and reads the binary form of austin, straightforwardly and apart from the reader. */

/** The mark and the version. */
export function mojoHeader(version: number): Buffer {
  return Buffer.concat([Buffer.from('MOJ'), integer(version)]);
}

/** An event: its code, then integers and texts. */
export function event(code: number, ...fields: readonly (number | bigint | string)[]): Buffer {
  const bytes = fields.map((field) =>
    typeof field === 'string' ? Buffer.from(`${field}\0`) : integer(field),
  );
  return Buffer.concat([Buffer.of(code), ...bytes]);
}

function integer(value: number | bigint): Buffer {
  let rest = BigInt(value);
  const sign = rest < 0n ? 0x40n : 0n;
  if (rest < 0n) rest = -rest;
  const bytes = [sign | (rest & 0x3fn)];
  for (rest >>= 6n; rest > 0n; rest >>= 7n) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0n) | 0x80n;
    bytes.push(rest & 0x7fn);
  }
  return Buffer.from(bytes.map(Number));
}

/** Fields of each event of version 3, by its code: integers and texts. */
const fields = ['', 'tt', 'iit', 'iiiiiii', '', 'i', 't', '', '', 'i', 'i', 'it'];

/** The events of a file of version 3. */
export function mojoEvents(bytes: Buffer): { code: number; values: (bigint | string)[] }[] {
  const events = [];
  let at = 4;
  const readInteger = (): bigint => {
    const first = BigInt(bytes[at++] ?? 0);
    let value = first & 0x3fn;
    for (let shift = 6n, more = first & 0x80n; more; shift += 7n) {
      const byte = BigInt(bytes[at++] ?? 0);
      value |= (byte & 0x7fn) << shift;
      more = byte & 0x80n;
    }
    return first & 0x40n ? -value : value;
  };
  const readText = (): string => {
    const end = bytes.indexOf(0, at);
    const text = bytes.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  while (at < bytes.length) {
    const code = bytes[at++] ?? 0;
    const values = Array.from(fields[code] ?? '', (type) =>
      type === 'i' ? readInteger() : readText(),
    );
    events.push({ code, values });
  }
  return events;
}
