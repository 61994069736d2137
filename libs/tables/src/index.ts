export { encodeBatch, encodeTable, type EncodeBatch, type EncodedBatch, type EncodeTask } from './encode-table';
export { csvHead, csvRows } from './csv';
export { columnsNamed } from './row-columns';
export {
  TABLE_FORMATS,
  type ColumnType,
  tableOfRows,
  type RowColumn,
  type Rows,
  type Table,
  type TableBatch,
  type TableColumn,
  type TableFormat,
} from './table';
