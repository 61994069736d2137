const FLOAT8_OID = 701;
const HEADER_BYTES = 20;

/** A `float8[]` parameter in PostgreSQL's binary array format: no text to write or parse, and the same bits arrive. */
export function toFloat8Array(values: Float64Array): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + values.length * 12);
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(0, 4);
  bytes.writeInt32BE(FLOAT8_OID, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  for (let i = 0, at = HEADER_BYTES; i < values.length; i += 1, at += 12) {
    bytes.writeInt32BE(8, at);
    bytes.writeDoubleBE(values[i], at + 4);
  }
  return bytes;
}

/** The numbers of a `bytea` that concatenates `float8send` values; writes them to `into` from `offset` on. */
export function readFloat8s(bytes: Buffer, into: Float64Array, offset: number): void {
  const count = bytes.length / 8;
  const swapped = Buffer.from(bytes);
  swapped.swap64();
  const view = new DataView(swapped.buffer, swapped.byteOffset, swapped.length);
  for (let i = 0; i < count; i += 1) into[offset + i] = view.getFloat64(i * 8, true);
}
