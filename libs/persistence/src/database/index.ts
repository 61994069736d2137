export * from './after-commit';
export * from './data-source';
export * from './database-settings';
export * from './persistence.module';
export * from './service-role';
export * from './transactions';
