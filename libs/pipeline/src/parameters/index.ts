export { resolveParams } from './resolve-params';
