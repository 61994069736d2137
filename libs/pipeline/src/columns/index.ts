export { requireColumn } from './bar-input';
