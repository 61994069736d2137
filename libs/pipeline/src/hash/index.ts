export { canonicalJson, hashOf, sha256Hex } from './canonical-json';
export { configHash } from './config-hash';
export { barsFingerprint } from './bars-fingerprint';
