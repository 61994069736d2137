export * from './database';
export * from './ids/new-id';
export * from './migrations';
export * from './migrations/pending-changes';
export * from './migrations/run-migrations';
export * from './ops';
export * from './outbox';
export * from './roles';
