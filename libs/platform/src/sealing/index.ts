export { derivedKey, Seal } from './seal';
