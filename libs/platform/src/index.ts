export * from './auth';
export * from './config';
export * from './dto';
export * from './events';
export * from './http';
export * from './jobs';
export * from './problem';
export { derivedKey, FEED_KEYS_SEALED_FOR, Seal } from './sealing';
export * from './versions';
