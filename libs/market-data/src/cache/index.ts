export { FileBarCache, openBarCache } from './file-bar-cache';
export { fingerprintInTurns } from './fingerprint-in-turns';
