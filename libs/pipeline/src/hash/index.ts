export { configHash } from './config-hash';
