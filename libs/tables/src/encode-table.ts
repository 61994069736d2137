import { csvHead, csvRows } from './csv';
import { parquetEnd, parquetGroup, type RowGroup } from './parquet';
import type { Table, TableBatch, TableColumn, TableFormat } from './table';

/** Rows to write, and where in the file. */
export interface EncodeTask {
  format: TableFormat;
  columns: readonly TableColumn[];
  batch: TableBatch;
  /** Bytes of the file before these rows. */
  offset: number;
}

export interface EncodedBatch {
  bytes: Uint8Array;
  group?: RowGroup;
}

/** Who encodes. */
export type EncodeBatch = (task: EncodeTask) => Promise<EncodedBatch>;

/** The bytes of some rows. Stands for itself: any thread may do it. */
export async function encodeBatch({ format, columns, batch, offset }: EncodeTask): Promise<EncodedBatch> {
  for (const [c, { name }] of columns.entries()) {
    const length = batch.values[c]?.length;
    if (length !== batch.rows) throw new Error(`column ${name} must have ${batch.rows} values, had ${length}`);
  }
  if (format === 'parquet') return parquetGroup(columns, batch, offset);
  return { bytes: Buffer.from((offset === 0 ? csvHead(columns) : '') + csvRows(columns, batch)) };
}

/**
 * The file of a table, a batch at a time: no more of it lies in memory than its reader has not taken yet.
 * CSV has a header line, texts quoted where they must be, and no cell that a spreadsheet takes for a formula; Parquet has a row
 * group a batch.
 * @param encode where the work is done: here, unless a thread is given
 */
export async function* encodeTable(
  { columns, batches }: Table,
  format: TableFormat,
  encode: EncodeBatch = encodeBatch,
): AsyncGenerator<Uint8Array> {
  const groups: RowGroup[] = [];
  let offset = 0;
  for await (const batch of batches) {
    if (batch.rows === 0) continue;
    const { bytes, group } = await encode({ format, columns, batch, offset });
    if (group) groups.push(group);
    offset += bytes.length;
    yield bytes;
  }
  if (offset === 0) {
    // a table without rows still says what its columns are
    const { bytes } = await encode({ format, columns, batch: { rows: 0, values: columns.map(() => []) }, offset });
    offset += bytes.length;
    yield bytes;
  }
  if (format === 'parquet') yield parquetEnd(columns, groups, offset);
}
