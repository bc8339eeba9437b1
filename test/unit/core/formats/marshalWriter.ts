/** Writes marshal data of version 2, which has no references, and single pieces of later versions. */

export type Piece = Buffer;

export const none: Piece = Buffer.from('N');

export function int(value: number): Piece {
  const piece = Buffer.from('i----');
  piece.writeInt32LE(value, 1);
  return piece;
}

export function float(value: number): Piece {
  const piece = Buffer.from('g--------');
  piece.writeDoubleLE(value, 1);
  return piece;
}

export function text(value: string): Piece {
  return bytesOfType('u', Buffer.from(value));
}

export function tuple(...items: Piece[]): Piece {
  return Buffer.concat([sized('(', items.length), ...items]);
}

/** @param items keys and values by turns */
export function dict(...items: Piece[]): Piece {
  return Buffer.concat([Buffer.from('{'), ...items, Buffer.from('0')]);
}

/** The piece with a place in the table of references. */
export function referable(piece: Piece): Piece {
  const flagged = Buffer.from(piece);
  flagged.writeUInt8(flagged.readUInt8(0) | 0x80, 0);
  return flagged;
}

export function reference(index: number): Piece {
  return sized('r', index);
}

export function bytesOfType(type: string, bytes: Buffer): Piece {
  return Buffer.concat([sized(type, bytes.length), bytes]);
}

export function sized(type: string, size: number): Piece {
  const piece = Buffer.from(`${type}----`);
  piece.writeInt32LE(size, 1);
  return piece;
}

/** A key of a stats dict. */
export function key(name: string, file = '/app.py', line = 1): Piece {
  return tuple(text(file), int(line), text(name));
}

/** A row of a stats dict, of a function that was called once. */
export function row(self: number, total: number, ...callers: Piece[]): Piece {
  return tuple(int(1), int(1), float(self), float(total), dict(...callers));
}
