import { Readable } from 'node:stream';
import { encodeTable, type EncodeBatch, type Table, type TableFormat } from '@assay/tables';
import { StreamableFile } from '@nestjs/common';

const TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** Media types of tables, for `@ApiProduces`. */
export const PRODUCED_TABLES = ['text/csv', TYPES.parquet];

/** Names go into a header and to disks: what either may not hold becomes a line. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, '-').slice(0, 120);

/**
 * A table as a file that is written as fast as it is read: of a slow reader's file one batch lies in memory. An error on the
 * way ends the connection, so that a part of a file is never taken for the whole.
 * @param name of the file, without its ending
 * @param encode where batches are encoded; default: here
 */
export function streamTable(name: string, table: Table, format: TableFormat, encode?: EncodeBatch): StreamableFile {
  // the next piece is made when the one before has gone
  const pieces = Readable.from(encodeTable(table, format, encode), { objectMode: false, highWaterMark: 1 });
  return new StreamableFile(pieces, {
    type: TYPES[format],
    disposition: `attachment; filename="${fileName(name)}.${format}"`,
  });
}
