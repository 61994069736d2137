export { encodeBatch, encodeTable, type EncodeBatch, type EncodedBatch, type EncodeTask } from './encode-table';
export { csvHead, csvRows } from './csv';
export {
  TABLE_FORMATS,
  tableOfRows,
  type RowColumn,
  type Rows,
  type Table,
  type TableBatch,
  type TableColumn,
  type TableFormat,
} from './table';
