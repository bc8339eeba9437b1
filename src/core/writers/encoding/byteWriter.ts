/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;

  byte(value: number): void {
    const start = this.#take(1);
    this.#bytes.writeUInt8(value, start);
  }

  int32(value: number): void {
    const start = this.#take(4);
    this.#bytes.writeInt32LE(value, start);
  }

  uint16(value: number): void {
    const start = this.#take(2);
    this.#bytes.writeUInt16LE(value, start);
  }

  double(value: number): void {
    const start = this.#take(8);
    this.#bytes.writeDoubleLE(value, start);
  }

  /** Adds bytes as they are. */
  raw(bytes: Uint8Array): void {
    const start = this.#take(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** A copy of all that was written. */
  toBytes(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  /** Makes room, and returns where it begins. */
  #take(count: number): number {
    const start = this.#length;
    const needed = start + count;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, start));
      this.#bytes = grown;
    }
    this.#length = needed;
    return start;
  }
}
