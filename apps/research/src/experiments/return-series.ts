import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate, inflateSync } from 'node:zlib';

const deflateAsync = promisify(deflate);

/** Exact bytes of a column for the ledger: 64-bit patterns (little endian), deflated off the event loop. */
export function packColumn(column: Float64Array): Promise<Buffer> {
  // A copy, since the column may lie in shared memory, which zlib does not take.
  return deflateAsync(Buffer.from(bytesOf(column)));
}

/** @throws Error when the bytes are not those of `bars` numbers. */
export function unpackColumn(packed: Uint8Array, bars: number): Float64Array {
  const raw = inflateSync(packed);
  if (raw.length !== bars * 8) throw new Error(`a column must have 8 bytes for each of ${bars} bars, had ${raw.length}`);
  const column = new Float64Array(bars);
  bytesOf(column).set(raw);
  return column;
}

/** SHA-256 of the column's exact bytes, hexadecimal. */
export const columnHash = (column: Float64Array): string => createHash('sha256').update(bytesOf(column)).digest('hex');

const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
