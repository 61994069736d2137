export { FileBarCache, openBarCache } from './file-bar-cache';
