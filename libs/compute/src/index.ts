export { builtEntry } from './built-entry';
export { shardRange, type Range } from './shard-range';
export { shareColumn, sharePayload } from './shared-column';
export { HelperThreads } from './helper-threads';
export { serveJobs } from './serve-jobs';
export { serveTasks, type ReportProgress, type TaskHandler, type TaskHandlers } from './serve-tasks';
export { TaskPool, WorkerCrashed, type RunOptions, type TaskPoolOptions } from './task-pool';
