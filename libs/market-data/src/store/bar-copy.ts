import { extraOf, STANDARD_COLUMNS } from '@assay/domain';
import type { FactoredBars } from '../spool';

/** Sends binary rows by `COPY ... FROM STDIN`, inside the transaction that the statements run in. */
export type Copy = (sql: string, chunks: Iterable<Buffer>) => Promise<void>;

export const COPY_BARS =
  'COPY market.bar (series_id, open_time, open, high, low, close, volume, adj_factor, extra) FROM STDIN (FORMAT binary)';

const ROWS_PER_CHUNK = 2_000;
const FIELDS = 9;
const FLOAT8_OID = 701;
/** Times of PostgreSQL count from 2000, in microseconds. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);

/**
 * Bars as rows of PostgreSQL's binary COPY format: every bit of a number arrives as it is.
 * @param extraColumns in the order in which the series keeps them; one that the bars do not have is NaN
 * @param onSent told after each chunk how many rows went
 */
export function* barRows(
  seriesId: string,
  pieces: Iterable<FactoredBars>,
  extraColumns: readonly string[],
  onSent: (rows: number) => void = () => undefined,
): Generator<Buffer> {
  const id = Buffer.from(seriesId.replaceAll('-', ''), 'hex');
  let sent = 0;
  yield HEADER;
  for (const piece of pieces) {
    const count = piece.bars.openTimeMs.length;
    for (let from = 0; from < count; from += ROWS_PER_CHUNK) {
      const to = Math.min(from + ROWS_PER_CHUNK, count);
      yield chunkOf(id, piece, extraColumns, from, to);
      onSent(sent + to);
    }
    sent += count;
  }
  yield TRAILER;
}

function chunkOf(
  id: Buffer,
  { bars, adjFactor }: FactoredBars,
  extraColumns: readonly string[],
  from: number,
  to: number,
): Buffer {
  const numbers = [...STANDARD_COLUMNS.map((name) => bars[name]), adjFactor];
  const extras = extraColumns.map((name) => extraOf(bars, name) ?? null);
  const arrayBytes = extras.length === 0 ? 12 : 20 + extras.length * 12;
  const rowBytes = 2 + (4 + id.length) + (4 + 8) + numbers.length * 12 + 4 + arrayBytes;
  const chunk = Buffer.allocUnsafe((to - from) * rowBytes);
  let at = 0;
  for (let i = from; i < to; i += 1) {
    at = chunk.writeInt16BE(FIELDS, at);
    at = chunk.writeInt32BE(id.length, at);
    at += id.copy(chunk, at);
    at = chunk.writeInt32BE(8, at);
    at = chunk.writeBigInt64BE(BigInt(Math.round((bars.openTimeMs[i] - EPOCH_MS) * 1000)), at);
    for (const column of numbers) {
      at = chunk.writeInt32BE(8, at);
      at = chunk.writeDoubleBE(column[i], at);
    }
    at = chunk.writeInt32BE(arrayBytes, at);
    at = writeArray(chunk, at, extras, i);
  }
  return chunk;
}

/** One `float8[]`: number of dimensions, whether it holds nulls, type, then length, lower bound and the numbers. */
function writeArray(chunk: Buffer, start: number, columns: readonly (Float64Array | null)[], i: number): number {
  let at = chunk.writeInt32BE(columns.length === 0 ? 0 : 1, start);
  at = chunk.writeInt32BE(0, at);
  at = chunk.writeInt32BE(FLOAT8_OID, at);
  if (columns.length === 0) return at;
  at = chunk.writeInt32BE(columns.length, at);
  at = chunk.writeInt32BE(1, at);
  for (const column of columns) {
    at = chunk.writeInt32BE(8, at);
    at = chunk.writeDoubleBE(column === null ? NaN : column[i], at);
  }
  return at;
}
