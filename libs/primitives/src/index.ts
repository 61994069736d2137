export * from './decimal/decimal';
export * from './errors';
export * from './formats/formats';
export * from './hashes/bars-fingerprint';
export * from './hashes/canonical-json';
export * from './hashes/sha256';
export * from './time/date-or-time';
export * from './time/durations';
