import { prefersCsv, streamJson, streamTable } from '@assay/platform';
import { tableOfRows, type RowColumn } from '@assay/tables';
import type { StreamableFile } from '@nestjs/common';
import type { FormatQuery } from './format.request';

export interface Reply {
  request: { headers: { accept?: string } };
  header(name: string, value: string): unknown;
}

interface Listed<T> {
  /** Of a file. */
  name: string;
  columns: readonly RowColumn<T>[];
  items: Iterable<T>;
  /** Default: the items under that name. */
  json?: () => StreamableFile;
}

/** Rows as JSON, CSV or Parquet: as asked for, else as the header Accept prefers. */
export function answer<T extends object>(
  reply: Reply,
  format: FormatQuery['format'],
  { name, columns, items, json = () => streamJson({}, 'items', items) }: Listed<T>,
): StreamableFile {
  reply.header('vary', 'Accept');
  const wanted = format ?? (prefersCsv(reply.request.headers.accept) ? 'csv' : 'json');
  return wanted === 'json' ? json() : streamTable(name, tableOfRows(columns, items), wanted);
}
