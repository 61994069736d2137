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

/**
 * The numbers of a `bytea` that concatenates `float8send` values; writes them to `into` from `offset` on. Their bytes are
 * turned round in place, for a processor that has the least one first.
 */
export function readFloat8s(bytes: Buffer, into: Float64Array, offset: number): void {
  const place = Buffer.from(into.buffer, into.byteOffset + offset * 8, bytes.length);
  bytes.copy(place);
  place.swap64();
}
