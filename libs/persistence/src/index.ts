export * from './database';
export * from './migrations';
export * from './migrations/pending-changes';
export * from './migrations/run-migrations';
export * from './ops';
export * from './outbox';
export * from './roles';
