export { FileBarCache, type BarCacheSettings } from './file-bar-cache';
export { fingerprintInTurns } from './fingerprint-in-turns';
