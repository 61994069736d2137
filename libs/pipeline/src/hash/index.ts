export { configHash } from './config-hash';
export { hashOfColumn } from './hash-of-column';
