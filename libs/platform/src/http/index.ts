export { createHttpApp, createWorkerApp } from './create-app';
export type { HttpAppOptions, WorkerAppOptions } from './create-app';
export { jsonBodyOf, RawBody, readTextBody } from './body-parsers';
export { goneSignal, leaveWork } from './edge';
export { BodyLimit } from './route-rules';
export { streamCsv, streamJson } from './stream-answer';
export { prefersCsv } from './prefers-csv';
export { buildOpenApi } from './open-api';
export type { OpenApiOptions } from './open-api';
