export { PARQUET_TEXT, parquetText, parquetToText } from './parquet-text';
export { arrowText } from './arrow-text';
