export { STAGE_CACHE_BYTES, StageCache } from './stage-cache';
