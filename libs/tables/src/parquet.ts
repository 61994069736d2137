import { gzipSync } from 'node:zlib';
import { DAY_MS } from '@assay/primitives';
import type { ColumnType, ColumnValues, TableBatch, TableColumn } from './table';

type Library = typeof import('hyparquet-writer', { with: { 'resolution-mode': 'import' } });
type Writer = InstanceType<Library['ParquetWriter']>;
type ColumnSource = Parameters<Writer['write']>[0]['columnData'][number];
type SchemaElement = Writer['schema'][number];

/** Where a row group lies in its file, as the footer says it. */
export type RowGroup = Writer['row_groups'][number];

/** docs/adr/0020: snappy in JavaScript takes longer and leaves more. */
const GZIP_LEVEL = 1;

/** Every column may lack values; what a column is, is always stated, never guessed from its values. */
const PHYSICAL: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  double: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  decimal: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
};

const schemaOf = (columns: readonly TableColumn[]): SchemaElement[] => [
  { name: 'table', num_children: columns.length },
  ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...PHYSICAL[type] })),
];

/** Loaded when the first such file is written. */
const load = (): Promise<Library> => import('hyparquet-writer');

/** A writer that stands at a byte of a file of which somebody else has written what comes before. */
async function writerAt(columns: readonly TableColumn[], offset: number): Promise<Writer> {
  const { ByteWriter, ParquetWriter: Parquet } = await load();
  const bytes = new ByteWriter();
  const writer = new Parquet({
    writer: bytes,
    schema: schemaOf(columns),
    codec: 'GZIP',
    compressors: { GZIP: (data) => gzipSync(data, { level: GZIP_LEVEL }) },
    createdBy: 'assay',
  });
  if (offset > 0) Object.assign(bytes, { index: 0, offset });
  return writer;
}

/** What was written since; a copy, so that nothing more than these bytes goes to another thread. */
const written = ({ writer }: Writer): Uint8Array => writer.getBytes().slice();

/**
 * Rows as a row group that begins at byte `offset` of its file; at 0 the file's first bytes come before it. A batch without
 * rows is no group.
 */
export async function parquetGroup(
  columns: readonly TableColumn[],
  { rows, values }: TableBatch,
  offset: number,
): Promise<{ bytes: Uint8Array; group: RowGroup | undefined }> {
  const writer = await writerAt(columns, offset);
  const columnData = columns.map(({ name, type }, c): ColumnSource => {
    const isTime = type === 'timestamp' || type === 'date';
    // doubles and times hardly repeat: looking for a dictionary is in vain
    const encoding = isTime || type === 'double' ? ('PLAIN' as const) : undefined;
    return { name, data: physicalOf(type, values[c]), encoding, statistics: isTime, offsetIndex: false };
  });
  // without a page size a column is one page
  if (rows > 0) void writer.write({ columnData, rowGroupSize: rows, pageSize: 0 });
  return { bytes: written(writer), group: writer.row_groups[0] };
}

/** What ends a file of the row groups, at byte `offset` of it: without it no reader takes the file for one. */
export async function parquetEnd(
  columns: readonly TableColumn[],
  groups: readonly RowGroup[],
  offset: number,
): Promise<Uint8Array> {
  const writer = await writerAt(columns, offset);
  writer.row_groups = [...groups];
  writer.num_rows = groups.reduce((sum, group) => sum + group.num_rows, 0n);
  void writer.finish();
  return written(writer);
}

function physicalOf(type: ColumnType, values: ColumnValues): ColumnSource['data'] {
  const isMissing = (value: unknown): boolean => value === null || Number.isNaN(value);
  if (type === 'double' && values instanceof Float64Array && !values.some(Number.isNaN)) return values;
  const of = <T>(make: (value: number) => T): (T | null)[] =>
    Array.from(values as readonly number[], (value) => (isMissing(value) ? null : make(value)));
  if (type === 'date') return of((ms) => Math.floor(ms / DAY_MS));
  return type === 'integer' || type === 'timestamp' ? of(BigInt) : of((value) => value);
}
