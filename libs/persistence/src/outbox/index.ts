export * from './cursor';
export * from './inbox';
export * from './operation-context';
export * from './outbox';
