export { createHttpApp, createWorkerApp } from './create-app';
export type { HttpAppOptions, WorkerAppOptions } from './create-app';
export { buildOpenApi } from './open-api';
export type { OpenApiOptions } from './open-api';
