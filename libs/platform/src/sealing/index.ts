export { derivedKey, FEED_KEYS_SEALED_FOR, Seal } from './seal';
