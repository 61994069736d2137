export { parquetText } from './parquet-text';
export { arrowText } from './arrow-text';
