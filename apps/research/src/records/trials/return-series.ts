import { setImmediate as nextTurn } from 'node:timers/promises';
import { deflateSync, inflateSync } from 'node:zlib';
import { sha256Hex } from '@assay/primitives';

/** Columns packed before other work of the process gets its turn: some 20 ms of years of daily bars. */
const PACKED_AT_ONCE = 64;

/** Exact bytes of a column for the ledger: 64-bit patterns (little endian), deflated. */
export function packColumn(column: Float64Array): Buffer {
  // A copy, since the column may lie in shared memory, which zlib does not take.
  return deflateSync(Buffer.from(bytesOf(column)));
}

/** One after the other: each deflation under way would hold a quarter of a megabyte. */
export async function packColumns(columns: readonly Float64Array[]): Promise<Buffer[]> {
  const packed: Buffer[] = [];
  for (const column of columns) {
    if (packed.length > 0 && packed.length % PACKED_AT_ONCE === 0) await nextTurn();
    packed.push(packColumn(column));
  }
  return packed;
}

/**
 * @param into where the numbers go; default: memory of their own
 * @throws Error when the bytes are not those of `bars` numbers.
 */
export function unpackColumn(
  packed: Uint8Array,
  bars: number,
  into: Float64Array = new Float64Array(bars),
): Float64Array {
  const raw = inflateSync(packed);
  if (raw.length !== bars * 8)
    throw new Error(`a column must have 8 bytes for each of ${bars} bars, had ${raw.length}`);
  bytesOf(into).set(raw);
  return into;
}

/** Columns of so many bars in one memory that threads share. */
export function sharedColumns(bars: readonly number[]): Float64Array[] {
  const memory = new SharedArrayBuffer(8 * bars.reduce((sum, count) => sum + count, 0));
  let at = 0;
  return bars.map((count) => {
    const column = new Float64Array(memory, 8 * at, count);
    at += count;
    return column;
  });
}

/** SHA-256 of the column's exact bytes, hexadecimal. */
export const columnHash = (column: Float64Array): string => sha256Hex(bytesOf(column));

const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
