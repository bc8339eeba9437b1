import { ByteWriter } from '../encoding/byteWriter';

const varint = 0;
const lengthDelimited = 2;

/** Writes one message in the protocol buffers' encoding (https://protobuf.dev/programming-guides/encoding/). */
export class MessageWriter {
  readonly #bytes = new ByteWriter();

  /** A whole number of an int64 or uint64 field; 0 is what a field that is absent stands for. */
  int(field: number, value: number): void {
    if (value === 0) return;
    this.#tag(field, varint);
    writeVarint(this.#bytes, value);
  }

  /** The whole numbers of a repeated field, packed. */
  packed(field: number, values: Iterable<number>): void {
    const packed = new ByteWriter();
    for (const value of values) writeVarint(packed, value);
    this.bytes(field, packed.toBytes());
  }

  text(field: number, value: string): void {
    this.bytes(field, Buffer.from(value));
  }

  /** A message within this one. */
  message(field: number, write: (message: MessageWriter) => void): void {
    const message = new MessageWriter();
    write(message);
    this.bytes(field, message.toBytes());
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, lengthDelimited);
    writeVarint(this.#bytes, value.length);
    this.#bytes.raw(value);
  }

  toBytes(): Buffer {
    return this.#bytes.toBytes();
  }

  #tag(field: number, wireType: number): void {
    writeVarint(this.#bytes, field * 8 + wireType);
  }
}

/** Seven bits a byte, the lowest first; a negative number as its 64-bit two's complement. */
function writeVarint(bytes: ByteWriter, value: number): void {
  let left = BigInt.asUintN(64, BigInt(value));
  while (left >= 0x80n) {
    bytes.byte(Number(left & 0x7fn) | 0x80);
    left >>= 7n;
  }
  bytes.byte(Number(left));
}
