/** Callers of a function; there are about as many in a profile of a real request. */
const CALLERS = 4;

/**
 * A pstats file like cProfile's, in which the first function calls itself and others call those
 * after them. Written as CPython's Python/marshal.c does: a code for the type, then the value,
 * little-endian.
 */
export function syntheticStats(functions: number): Buffer {
  const rows = Array.from({ length: functions }, (_, func) => [key(func), row(func)]);
  return Buffer.concat([Buffer.from('{'), ...rows.flat(), Buffer.from('0')]);
}

/** `(file, line, name)`, with a place of its own in the table of references. */
function key(func: number): Buffer {
  const bytes = tuple(text(`/app/module${func % 97}.py`), int32(func + 1), text(`function${func}`));
  bytes.writeUInt8((bytes[0] ?? 0) | 0x80);
  return bytes;
}

/** `(cc, nc, tt, ct, callers)`, the callers spread over the functions before it. */
function row(func: number): Buffer {
  const callers = Array.from({ length: CALLERS }, (_, nth) => Math.floor((func * nth) / CALLERS));
  const edges = [...new Set(callers)].flatMap((caller) => [
    reference(caller),
    tuple(...numbers(caller)),
  ]);
  const dict = Buffer.concat([Buffer.from('{'), ...edges, Buffer.from('0')]);
  return tuple(...numbers(func), dict);
}

/** Two counts and two times. */
function numbers(seed: number): Buffer[] {
  const calls = int32(1 + (seed % 7));
  const self = 0.001 * (1 + (seed % 5));
  return [calls, calls, float(self), float(2 * self)];
}

function tuple(...items: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x29, items.length]), ...items]);
}

function text(ascii: string): Buffer {
  return Buffer.concat([Buffer.from([0x7a, ascii.length]), Buffer.from(ascii, 'latin1')]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.from('i----');
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.from('g--------');
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function reference(index: number): Buffer {
  const bytes = Buffer.from('r----');
  bytes.writeInt32LE(index, 1);
  return bytes;
}
