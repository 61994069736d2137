export { createHttpApp, createWorkerApp } from './create-app';
export type { HttpAppOptions, WorkerAppOptions } from './create-app';
export { prefersCsv } from './prefers-csv';
export { buildOpenApi } from './open-api';
export type { OpenApiOptions } from './open-api';
